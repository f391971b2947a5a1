namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Names a rule. Without it a rule is named after its type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NameAttribute(string name) : Attribute
{
    /// <summary>Name of the rule.</summary>
    public string Name { get; } = name;
}
