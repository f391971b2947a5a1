namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>What the workflow of a payout run starts with; the run itself is in the database.</summary>
/// <param name="RunId">The run.</param>
internal sealed record PayoutRunInput(string RunId);
