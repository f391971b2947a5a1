namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Describes a rule.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DescriptionAttribute(string description) : Attribute
{
    /// <summary>Description of the rule.</summary>
    public string Description { get; } = description;
}
