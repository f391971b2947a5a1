namespace Ecosystem.Workflows.Tasks;

/// <summary>Something a person does on a thing that must be kept apart from other things done on it.</summary>
public enum Duty
{
    /// <summary>Made or submitted it.</summary>
    Create,

    /// <summary>Approved it.</summary>
    Approve,

    /// <summary>Changed a payee's bank details.</summary>
    EditBankDetails,

    /// <summary>Verified a payee's bank details.</summary>
    VerifyBankDetails,

    /// <summary>Approved a payout.</summary>
    ApprovePayout,

    /// <summary>Released a payment.</summary>
    ReleasePayment,

    /// <summary>Wrote a ruleset's version.</summary>
    WriteRules,

    /// <summary>Published a ruleset's version.</summary>
    PublishRules,

    /// <summary>Asked for an exception.</summary>
    RequestException,

    /// <summary>Granted an exception.</summary>
    GrantException,

    /// <summary>Calculated an amount.</summary>
    Calculate,

    /// <summary>Decides a dispute about it.</summary>
    DecideDispute,
}
