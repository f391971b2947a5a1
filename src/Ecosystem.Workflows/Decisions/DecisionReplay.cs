namespace Ecosystem.Workflows.Decisions;

/// <summary>A decision that was made again from its stored inputs with the version it was made with.</summary>
/// <param name="Id">The decision.</param>
/// <param name="Ruleset">The ruleset.</param>
/// <param name="Version">The version.</param>
/// <param name="Differences">Where the outputs differ; empty when they are the same.</param>
public sealed record DecisionReplay(DecisionId Id, string Ruleset, string Version, IReadOnlyList<DecisionDifference> Differences)
{
    /// <summary>True when the decision came out the same.</summary>
    public bool Same => Differences.Count == 0;
}
