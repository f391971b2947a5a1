namespace Ecosystem.Rules.Rulesets;

/// <summary>The fact that stands for the inputs and values of an evaluation; updated when a rule changes one that another rule reads.</summary>
internal sealed class RuleScope(RunState state)
{
    public RunState State { get; } = state;

    /// <summary>What has been decided, and by which rule.</summary>
    public Dictionary<string, (CompiledRule Rule, object? Value)> Decided { get; } = new(StringComparer.Ordinal);
}
