namespace Ecosystem.Workflows.Simulation;

/// <summary>The audit chain.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Intact">Whether every entry fits to the one before.</param>
public sealed record SummaryAudit(long Entries, bool Intact);
