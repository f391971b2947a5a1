namespace Ecosystem.Workflows.Simulation;

/// <summary>The time a main job covers.</summary>
/// <param name="FirstDay">The first registration of the export.</param>
/// <param name="LastDay">The last day the export tells of.</param>
/// <param name="SimulatedUntil">The simulated time at the end.</param>
public sealed record SummaryPeriod(DateOnly FirstDay, DateOnly LastDay, DateTimeOffset SimulatedUntil);
