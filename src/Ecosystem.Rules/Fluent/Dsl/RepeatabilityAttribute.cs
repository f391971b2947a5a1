using System.Diagnostics.CodeAnalysis;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Sets whether a rule fires again for a match whose facts are updated. It is not inherited.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "The parameter has the name that it has in NRules.")]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class RepeatabilityAttribute(RuleRepeatability value) : Attribute
{
    /// <summary>Repeatability of the rule.</summary>
    public RuleRepeatability Repeatability { get; } = value;
}
