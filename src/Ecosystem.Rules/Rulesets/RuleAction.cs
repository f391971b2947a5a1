namespace Ecosystem.Rules.Rulesets;

/// <summary>One consequence of a when/then rule.</summary>
/// <param name="Target">Output or value that is set or decided, or list that is added to.</param>
/// <param name="Value">The value.</param>
public abstract record RuleAction(string Target, RuleValue Value)
{
    /// <summary>Sets a working value; rules that read it are judged again.</summary>
    /// <param name="Target">The value's name.</param>
    /// <param name="Value">The new value.</param>
    public sealed record Set(string Target, RuleValue Value) : RuleAction(Target, Value);

    /// <summary>Adds an element to a list; rules over that list see it.</summary>
    /// <param name="Target">The list's name.</param>
    /// <param name="Value">The element.</param>
    public sealed record Insert(string Target, RuleValue Value) : RuleAction(Target, Value);

    /// <summary>Decides an output. Two rules of the same priority that decide differently are an error.</summary>
    /// <param name="Target">The output's name.</param>
    /// <param name="Value">The decision.</param>
    public sealed record Decide(string Target, RuleValue Value) : RuleAction(Target, Value);
}
