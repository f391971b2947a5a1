namespace Ecosystem.Rules.Rulesets;

/// <summary>When/then rules over facts. They fire by priority, then in the order of the document, until nothing is left to do.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
/// <param name="Rules">The rules in order.</param>
public sealed record RulesSection(string Id, IReadOnlyList<RulesSection.WhenThenRule> Rules) : RulesetSection(Id)
{
    /// <summary>One rule.</summary>
    /// <param name="Id">Identifier, unique in the section.</param>
    /// <param name="When">Conditions, all of which must hold.</param>
    /// <param name="Then">What follows.</param>
    public sealed record WhenThenRule(string Id, IReadOnlyList<RuleCondition> When, IReadOnlyList<RuleAction> Then)
    {
        /// <summary>Rules with a higher number fire first; what a higher one decided, a lower one cannot change.</summary>
        public int Priority { get; init; }

        /// <summary>Reason in plain words; null when the rule has none.</summary>
        public RulesetSourceText? Because { get; init; }

        /// <summary>Line in the document, counted from 1.</summary>
        public int Line { get; init; }

        /// <summary>Column in the document, counted from 1.</summary>
        public int Column { get; init; }
    }
}
