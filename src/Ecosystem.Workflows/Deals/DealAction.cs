namespace Ecosystem.Workflows.Deals;

/// <summary>What can be done to a deal registration.</summary>
public enum DealAction
{
    /// <summary>Hand in.</summary>
    Submit,

    /// <summary>Start the automatic checks.</summary>
    StartChecks,

    /// <summary>Hand to a person of the vendor.</summary>
    SendToReview,

    /// <summary>Ask the partner.</summary>
    RequestInfo,

    /// <summary>Answer the question.</summary>
    SupplyInfo,

    /// <summary>Pass on for the last approval.</summary>
    PassOn,

    /// <summary>Approve: the protection begins.</summary>
    Protect,

    /// <summary>Turn down.</summary>
    Reject,

    /// <summary>Ask for a longer protection.</summary>
    RequestExtension,

    /// <summary>Grant the longer protection that was asked for.</summary>
    GrantExtension,

    /// <summary>Deny the longer protection that was asked for.</summary>
    DenyExtension,

    /// <summary>Note that the customer bought.</summary>
    Win,

    /// <summary>Note that the customer did not buy.</summary>
    Lose,

    /// <summary>Note that the protection has ended.</summary>
    Expire,

    /// <summary>Take back, by the partner.</summary>
    Withdraw,

    /// <summary>Take the protection back, by the vendor.</summary>
    Revoke,

    /// <summary>Hand in again after it was turned down.</summary>
    Resubmit,
}
