namespace Ecosystem.Workflows.Verification;

/// <summary>What one check looked at.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Examined">How many things it looked at.</param>
/// <param name="Wrong">How many did not fit.</param>
public sealed record CheckResult(string Check, long Examined, long Wrong);
