namespace Ecosystem.Workflows.Incentives;

/// <summary>Where an incentive line stands between being earned and being paid.</summary>
public enum LineStatus
{
    /// <summary>Computed; not yet put on hold or made approvable.</summary>
    Calculated,

    /// <summary>Waits for a date, or for a paper that is missing.</summary>
    OnHold,

    /// <summary>May be taken into a payout run.</summary>
    Approvable,

    /// <summary>Approved as part of a payout run.</summary>
    Approved,

    /// <summary>Released: its payment is in a file.</summary>
    InBatch,

    /// <summary>Paid, or netted against a payment.</summary>
    Paid,

    /// <summary>Taken back before it was paid, by a negative line.</summary>
    Reversed,
}
