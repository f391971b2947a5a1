namespace Ecosystem.Rules.Rulesets;

/// <summary>One condition of a when/then rule.</summary>
public abstract record RuleCondition
{
    private RuleCondition()
    {
    }

    /// <summary>A FEEL condition over inputs, values and the facts matched before it.</summary>
    /// <param name="Text">The expression.</param>
    public sealed record Test(RulesetSourceText Text) : RuleCondition;

    /// <summary>Matches every element of a list that passes the condition; the rule applies once for each (a join with the ones before).</summary>
    /// <param name="Facts">Name and list.</param>
    /// <param name="Where">Condition; null for every element.</param>
    public sealed record Match(RulesetIteration Facts, RulesetSourceText? Where) : RuleCondition;

    /// <summary>Asks whether a list has an element that passes the condition.</summary>
    /// <param name="Quantifier">At least one, none, or all.</param>
    /// <param name="Facts">Name and list.</param>
    /// <param name="Where">Condition; null for every element.</param>
    public sealed record Quantified(RuleQuantifier Quantifier, RulesetIteration Facts, RulesetSourceText? Where) : RuleCondition;

    /// <summary>Computes a number over the elements that pass the condition and names it.</summary>
    /// <param name="Function">Which number.</param>
    /// <param name="Facts">Name and list.</param>
    /// <param name="Of">What is added up; null for <see cref="RuleAggregate.Count"/>.</param>
    /// <param name="Where">Condition; null for every element.</param>
    /// <param name="As">Name of the number.</param>
    public sealed record Aggregate(RuleAggregate Function, RulesetIteration Facts, RulesetSourceText? Of, RulesetSourceText? Where, string As)
        : RuleCondition;
}
