using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Names a rule. Without it a rule is named after its type.</summary>
[AttributeUsage(AttributeTargets.Class)]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class NameAttribute(string name) : Attribute
{
    /// <summary>Name of the rule.</summary>
    public string Name { get; } = name;
}
