namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Where a run stands after a step, as its workflow needs to know.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="TaskId">The task that is open; null when none is.</param>
/// <param name="Refusals">Why an answer was not taken; empty when it was.</param>
internal sealed record PayoutStage(PayoutRunStatus Status, string? TaskId, IReadOnlyList<Refusal> Refusals)
{
    public bool IsEnded => Status is PayoutRunStatus.Settled or PayoutRunStatus.Cancelled or PayoutRunStatus.Empty;
}
