using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Sets a rule's priority. 0 is the default; higher fires first.</summary>
[AttributeUsage(AttributeTargets.Class)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "The parameter has the name that it has in NRules.")]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Rule authors derive their own attributes, as they do in NRules.")]
public class PriorityAttribute(int value) : Attribute
{
    /// <summary>Priority of the rule.</summary>
    public int Priority { get; } = value;
}
