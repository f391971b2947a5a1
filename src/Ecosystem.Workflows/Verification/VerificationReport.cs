namespace Ecosystem.Workflows.Verification;

/// <summary>What recomputing a data folder gave.</summary>
/// <param name="Checks">The checks, in the order in which they ran.</param>
/// <param name="Findings">What does not fit; at most the first hundred of each check.</param>
public sealed record VerificationReport(IReadOnlyList<CheckResult> Checks, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether everything fits.</summary>
    public bool IsSound => Checks.All(check => check.Wrong == 0);
}
