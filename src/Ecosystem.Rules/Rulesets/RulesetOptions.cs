namespace Ecosystem.Rules.Rulesets;

/// <summary>How one evaluation is run.</summary>
public sealed record RulesetOptions
{
    /// <summary>The defaults: with trace, unknown inputs are an error.</summary>
    public static RulesetOptions Default { get; } = new();

    /// <summary>Whether the trace is filled. Without it only the ruleset and its version are in the trace.</summary>
    public bool Trace { get; init; } = true;

    /// <summary>Whether inputs that the ruleset does not know are passed over instead of refused; for replays over stored inputs of another version.</summary>
    public bool IgnoreUnknownInputs { get; init; }
}
