using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Tags a rule. Tags of base classes are inherited.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "The parameter has the name that it has in NRules.")]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class TagAttribute(string value) : Attribute
{
    /// <summary>The tag.</summary>
    public string Tag { get; } = value;
}
