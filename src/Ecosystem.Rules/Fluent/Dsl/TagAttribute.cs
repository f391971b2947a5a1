namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Tags a rule. Tags of base classes are inherited.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TagAttribute(string tag) : Attribute
{
    /// <summary>The tag.</summary>
    public string Tag { get; } = tag;
}
