namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>The accounts of the ledger. Every posting also names the partner it concerns, so that each account has a sub-ledger by partner.</summary>
public enum LedgerAccount
{
    /// <summary>What commissions cost.</summary>
    CommissionExpense,

    /// <summary>Owed to partners, not yet approved for payment.</summary>
    PartnerAccrued,

    /// <summary>Approved for payment.</summary>
    PartnerPayable,

    /// <summary>Owed by partners: what was paid and taken back.</summary>
    PartnerReceivable,

    /// <summary>Tax withheld from payments, owed to the authority.</summary>
    TaxWithheld,

    /// <summary>Money handed to the bank.</summary>
    CashClearing,
}
