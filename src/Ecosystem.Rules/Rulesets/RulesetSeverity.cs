namespace Ecosystem.Rules.Rulesets;

/// <summary>How serious a finding about a ruleset is.</summary>
public enum RulesetSeverity
{
    /// <summary>Worth knowing; nothing has to change.</summary>
    Info,

    /// <summary>Probably a mistake; the ruleset still runs.</summary>
    Warning,

    /// <summary>The ruleset cannot be used, or this evaluation has no result.</summary>
    Error,
}
