namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Where a payout run stands.</summary>
public enum PayoutRunStatus
{
    /// <summary>Asked for; nothing is computed yet.</summary>
    Requested,

    /// <summary>Computed; waits for approval.</summary>
    Calculated,

    /// <summary>Approved; waits for release by another person.</summary>
    Approved,

    /// <summary>Released: the files are written and the money is with the bank.</summary>
    Released,

    /// <summary>The bank's answer is booked for every payment.</summary>
    Settled,

    /// <summary>Given up; whatever it had done was undone.</summary>
    Cancelled,

    /// <summary>There was nothing to pay.</summary>
    Empty,
}
