using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Describes a rule.</summary>
[AttributeUsage(AttributeTargets.Class)]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class DescriptionAttribute(string description) : Attribute
{
    /// <summary>Description of the rule.</summary>
    public string Description { get; } = description;
}
