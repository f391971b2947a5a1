namespace Ecosystem.Workflows.Decisions;

/// <summary>What came of replaying all decisions.</summary>
/// <param name="Decisions">How many were replayed.</param>
/// <param name="Different">Those that came out differently; at most the first 100.</param>
/// <param name="DifferentCount">How many came out differently.</param>
public sealed record DecisionReplayReport(long Decisions, IReadOnlyList<DecisionReplay> Different, long DifferentCount);
