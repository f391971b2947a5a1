namespace Ecosystem.Workflows.Scheduling;

/// <summary>What a sweep did.</summary>
/// <param name="Warned">Deals whose partner was warned that the protection ends.</param>
/// <param name="Expired">Deals that were expired.</param>
/// <param name="Freed">Incentive lines whose hold ran out.</param>
public sealed record SweepResult(int Warned, int Expired, int Freed);
