using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Names a rule. Without it a rule is named after its type. It is not inherited.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "The parameter has the name that it has in NRules.")]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class NameAttribute(string value) : Attribute
{
    /// <summary>Name of the rule.</summary>
    public string Name { get; } = value;
}
