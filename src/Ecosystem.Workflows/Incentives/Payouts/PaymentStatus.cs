namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Where a payment stands.</summary>
public enum PaymentStatus
{
    /// <summary>Computed, not released.</summary>
    Planned,

    /// <summary>In a file at the bank.</summary>
    Sent,

    /// <summary>Confirmed by the bank.</summary>
    Settled,

    /// <summary>Rejected by the bank; its lines may be taken into another run.</summary>
    Rejected,

    /// <summary>Not to be made: the run was cancelled.</summary>
    Cancelled,

    /// <summary>Taken out of the run when it was released, for the payee resembles an entry of the sanctions list; its lines may be taken into another run.</summary>
    Held,
}
