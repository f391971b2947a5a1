namespace Ecosystem.Workflows.Simulation;

/// <summary>A payout run.</summary>
/// <param name="Id">The run.</param>
/// <param name="Period">The month.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Lines">How many lines it pays.</param>
/// <param name="Approved">What was approved.</param>
/// <param name="FileTotal">The control sum of its files; equal to what was approved.</param>
/// <param name="Files">Names of its files.</param>
public sealed record SummaryRun(string Id, string Period, string Status, int Lines, Money Approved, Money FileTotal, IReadOnlyList<string> Files);
