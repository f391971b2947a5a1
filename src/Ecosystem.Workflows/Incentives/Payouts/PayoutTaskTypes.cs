namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>The tasks of a payout run and their outcomes.</summary>
public static class PayoutTaskTypes
{
    /// <summary>Approve or reject what was calculated.</summary>
    public const string Approve = "payout.approve";

    /// <summary>Release the approved run to the bank, or cancel it.</summary>
    public const string Release = "payout.release";

    /// <summary>Book the bank's answer.</summary>
    public const string Settle = "payout.settle";

    /// <summary>Outcome of <see cref="Approve"/>: yes.</summary>
    public const string Approved = "Approve";

    /// <summary>Outcome of <see cref="Approve"/>: no; the run is cancelled.</summary>
    public const string Rejected = "Reject";

    /// <summary>Outcome of <see cref="Release"/>: yes.</summary>
    public const string Released = "Release";

    /// <summary>Outcome of <see cref="Release"/>: no; the run is cancelled and its approval undone.</summary>
    public const string Cancelled = "Cancel";

    /// <summary>Outcome of <see cref="Settle"/>: the bank's answer is known.</summary>
    public const string Settled = "Settle";
}
