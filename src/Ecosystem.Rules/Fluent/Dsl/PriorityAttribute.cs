namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Sets a rule's priority. 0 is the default; higher fires first.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PriorityAttribute(int priority) : Attribute
{
    /// <summary>Priority of the rule.</summary>
    public int Priority { get; } = priority;
}
