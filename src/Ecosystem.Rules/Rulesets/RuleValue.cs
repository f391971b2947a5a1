namespace Ecosystem.Rules.Rulesets;

/// <summary>A value written in a consequence: one expression, or a record of values.</summary>
public abstract record RuleValue
{
    private RuleValue()
    {
    }

    /// <summary>An expression; <c>because</c> is the rule's reason.</summary>
    /// <param name="Text">The expression.</param>
    public sealed record Expression(RulesetSourceText Text) : RuleValue;

    /// <summary>A record.</summary>
    /// <param name="Fields">Name and value of each field.</param>
    public sealed record Record(IReadOnlyList<KeyValuePair<string, RuleValue>> Fields) : RuleValue;
}
