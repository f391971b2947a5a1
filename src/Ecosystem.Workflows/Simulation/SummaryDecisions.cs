namespace Ecosystem.Workflows.Simulation;

/// <summary>The decision records.</summary>
/// <param name="Recorded">How many there are.</param>
/// <param name="ByRuleset">How many by ruleset.</param>
/// <param name="Replayed">How many were made again from their stored inputs.</param>
/// <param name="Differences">How many came out differently; always zero.</param>
public sealed record SummaryDecisions(long Recorded, IReadOnlyDictionary<string, int> ByRuleset, long Replayed, long Differences);
