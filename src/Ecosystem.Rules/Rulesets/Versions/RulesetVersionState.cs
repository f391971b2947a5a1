namespace Ecosystem.Rules.Rulesets;

/// <summary>Where a version stands in its life.</summary>
public enum RulesetVersionState
{
    /// <summary>Being written; may still change.</summary>
    Draft,

    /// <summary>Reviewed and no longer changed; waits for publication by a second person.</summary>
    Reviewed,

    /// <summary>Published; applies on the days of its effective dates.</summary>
    Published,

    /// <summary>Taken back; applies to nothing new, kept for replays.</summary>
    Retired,
}
