using System.Diagnostics.CodeAnalysis;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Sets whether a rule fires again for a match whose facts are updated.</summary>
[AttributeUsage(AttributeTargets.Class)]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class RepeatabilityAttribute(RuleRepeatability repeatability) : Attribute
{
    /// <summary>Repeatability of the rule.</summary>
    public RuleRepeatability Repeatability { get; } = repeatability;
}
