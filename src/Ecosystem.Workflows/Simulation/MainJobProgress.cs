namespace Ecosystem.Workflows.Simulation;

/// <summary>How far the main job is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Day">The simulated day.</param>
/// <param name="Fraction">How much of the history is done, 0 to 1.</param>
/// <param name="Registered">Deals registered so far in this run of the process.</param>
/// <param name="Closed">Deals closed so far.</param>
/// <param name="Tasks">Tasks answered so far.</param>
public sealed record MainJobProgress(string Phase, DateOnly Day, double Fraction, int Registered, int Closed, int Tasks);
