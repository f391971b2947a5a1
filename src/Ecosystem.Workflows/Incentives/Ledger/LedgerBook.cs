namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>Balances, obtained by replaying postings; the one arithmetic behind balances, statements and verification.</summary>
public sealed class LedgerBook
{
    private readonly Dictionary<(LedgerAccount Account, PartnerId Partner, Currency Currency), (decimal Debits, decimal Credits)> sums = [];

    /// <summary>The currencies that occur.</summary>
    public IEnumerable<Currency> Currencies => sums.Keys.Select(key => key.Currency).Distinct().OrderBy(currency => currency.Code, StringComparer.Ordinal);

    /// <summary>Replays postings.</summary>
    /// <param name="postings">The postings, in any order.</param>
    public static LedgerBook Replay(IEnumerable<JournalPosting> postings)
    {
        var book = new LedgerBook();
        foreach (var posting in postings)
        {
            book.Add(posting);
        }

        return book;
    }

    /// <summary>Takes a posting in.</summary>
    /// <param name="posting">The posting.</param>
    public void Add(JournalPosting posting)
    {
        var key = (posting.Account, posting.PartnerId, posting.Currency);
        var (debits, credits) = sums.GetValueOrDefault(key);
        sums[key] = (debits + posting.Debit, credits + posting.Credit);
    }

    /// <summary>The sums of all debits and of all credits in a currency; equal in a sound book.</summary>
    /// <param name="currency">The currency.</param>
    public (Money Debits, Money Credits) Totals(Currency currency)
    {
        var (debits, credits) = (0m, 0m);
        foreach (var (key, sum) in sums)
        {
            if (key.Currency == currency)
            {
                debits += sum.Debits;
                credits += sum.Credits;
            }
        }

        return (new Money(debits, currency), new Money(credits, currency));
    }

    /// <summary>The balance of an account, in the direction in which it normally grows.</summary>
    /// <param name="account">The account.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="partner">One partner's part of it; null for all partners.</param>
    public Money Balance(LedgerAccount account, Currency currency, PartnerId? partner = null)
    {
        var balance = 0m;
        foreach (var (key, sum) in sums)
        {
            if (key.Account == account && key.Currency == currency && (partner is null || key.Partner == partner))
            {
                balance += account.IsDebitNormal() ? sum.Debits - sum.Credits : sum.Credits - sum.Debits;
            }
        }

        // Cash leaves with a credit: its balance is shown as what was handed to the bank, negative.
        return new Money(balance, currency);
    }

    /// <summary>What is owed to a partner: accrued and payable, less what the partner owes.</summary>
    /// <param name="currency">The currency.</param>
    /// <param name="partner">The partner; null for all partners.</param>
    public Money Owed(Currency currency, PartnerId? partner = null) =>
        Balance(LedgerAccount.PartnerAccrued, currency, partner) + Balance(LedgerAccount.PartnerPayable, currency, partner)
        - Balance(LedgerAccount.PartnerReceivable, currency, partner);
}
