namespace Ecosystem.Workflows.Simulation;

/// <summary>What became of the rows of an export.</summary>
/// <param name="Read">Opportunities read.</param>
/// <param name="Registered">Opportunities registered as deals.</param>
/// <param name="Rejected">Rows that were not taken.</param>
/// <param name="Repaired">Values that were put right.</param>
/// <param name="Noted">Rows about which something should be known.</param>
/// <param name="Reasons">Why, by cause, with the first rows as examples.</param>
public sealed record SummaryRows(int Read, int Registered, int Rejected, int Repaired, int Noted, IReadOnlyList<SummaryReason> Reasons);
