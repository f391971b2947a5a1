namespace Ecosystem.Rules.RuleModel;

/// <summary>A complete match of a rule: the facts that satisfy its conditions.</summary>
public interface IMatch
{
    /// <summary>The rule.</summary>
    IRuleDefinition Rule { get; }

    /// <summary>Matched facts, in the order the rule declares them.</summary>
    IEnumerable<IFactMatch> Facts { get; }

    /// <summary>What happened last to the match.</summary>
    MatchTrigger Trigger { get; }
}
