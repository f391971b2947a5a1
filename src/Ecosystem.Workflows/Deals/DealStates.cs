namespace Ecosystem.Workflows.Deals;

/// <summary>What states mean.</summary>
public static class DealStates
{
    /// <summary>No way leads out of this state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True for won, lost, expired, withdrawn and revoked. A rejected deal may come back.</returns>
    public static bool IsFinal(this DealState state) =>
        state is DealState.Won or DealState.Lost or DealState.Expired or DealState.Withdrawn or DealState.Revoked;

    /// <summary>The deal counts when somebody else registers the same opportunity.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True from submission until a final state or a rejection.</returns>
    public static bool IsOpen(this DealState state) =>
        state is DealState.Submitted or DealState.Checking or DealState.UnderReview or DealState.InfoRequested or DealState.PendingApproval or DealState.Protected;
}
