namespace Ecosystem.Workflows.Deals;

/// <summary>Where a deal registration stands. <see cref="DealMachine"/> has the edges.</summary>
public enum DealState
{
    /// <summary>Being written; nobody else sees it.</summary>
    Draft,

    /// <summary>Handed in.</summary>
    Submitted,

    /// <summary>Being checked by rules.</summary>
    Checking,

    /// <summary>A person of the vendor looks at it.</summary>
    UnderReview,

    /// <summary>The partner has to answer a question; the vendor's clock stands still.</summary>
    InfoRequested,

    /// <summary>Waiting for the last approval; the registration is read-only.</summary>
    PendingApproval,

    /// <summary>Approved: nobody else gets this opportunity until the protection ends.</summary>
    Protected,

    /// <summary>The customer bought. Final.</summary>
    Won,

    /// <summary>The customer did not buy. Final.</summary>
    Lost,

    /// <summary>The protection ended without a result. Final.</summary>
    Expired,

    /// <summary>The partner took it back. Final.</summary>
    Withdrawn,

    /// <summary>The vendor took the protection back. Final.</summary>
    Revoked,

    /// <summary>Turned down; may be submitted again a limited number of times when the reason allows it.</summary>
    Rejected,
}
