namespace Ecosystem.Rules.RuleModel;

/// <summary>What happened to a match that put it on the agenda.</summary>
[Flags]
public enum MatchTrigger
{
    /// <summary>Nothing that would make the rule fire.</summary>
    None = 0,

    /// <summary>The match is new to the rule, or was never fired.</summary>
    Created = 1,

    /// <summary>The match had fired and one of its facts was updated.</summary>
    Updated = 2,

    /// <summary>The match had fired and does not hold any more.</summary>
    Removed = 4,
}
