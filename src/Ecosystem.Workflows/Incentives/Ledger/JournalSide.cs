namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>An amount to be posted on one side of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Partner">The partner it concerns.</param>
/// <param name="Amount">Above zero, in whole coins.</param>
/// <param name="IsDebit">Whether it goes on the debit side.</param>
public readonly record struct JournalSide(LedgerAccount Account, PartnerId Partner, Money Amount, bool IsDebit)
{
    /// <summary>A debit.</summary>
    /// <param name="account">The account.</param>
    /// <param name="partner">The partner it concerns.</param>
    /// <param name="amount">Above zero.</param>
    public static JournalSide Debit(LedgerAccount account, PartnerId partner, Money amount) => new(account, partner, amount, true);

    /// <summary>A credit.</summary>
    /// <param name="account">The account.</param>
    /// <param name="partner">The partner it concerns.</param>
    /// <param name="amount">Above zero.</param>
    public static JournalSide Credit(LedgerAccount account, PartnerId partner, Money amount) => new(account, partner, amount, false);
}
