namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>Names and nature of the accounts.</summary>
public static class LedgerAccounts
{
    /// <summary>The accounts in the order of the chart.</summary>
    public static IReadOnlyList<LedgerAccount> All { get; } = Enum.GetValues<LedgerAccount>();

    /// <summary>The name in the chart of accounts, for example <c>Liability:PartnerAccrued</c>.</summary>
    /// <param name="account">The account.</param>
    public static string ToName(this LedgerAccount account) => account switch
    {
        LedgerAccount.CommissionExpense => "Expense:Commission",
        LedgerAccount.PartnerAccrued => "Liability:PartnerAccrued",
        LedgerAccount.PartnerPayable => "Liability:PartnerPayable",
        LedgerAccount.PartnerReceivable => "Asset:PartnerReceivable",
        LedgerAccount.TaxWithheld => "Liability:TaxWithheld",
        _ => "Cash:Clearing",
    };

    /// <summary>Whether a debit makes the balance larger: so for expenses, claims and cash.</summary>
    /// <param name="account">The account.</param>
    public static bool IsDebitNormal(this LedgerAccount account) =>
        account is LedgerAccount.CommissionExpense or LedgerAccount.PartnerReceivable or LedgerAccount.CashClearing;
}
