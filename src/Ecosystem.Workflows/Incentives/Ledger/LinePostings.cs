using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>Which journal entries belong to which events in the life of incentive lines; pure.</summary>
public static class LinePostings
{
    /// <summary>
    /// A line was computed. What is earned is accrued; what is taken back from an unpaid line lowers the accrual; what is taken back
    /// from a paid line becomes a claim on the partner. Null for a line of zero, which moves no money.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="actor">Who caused it.</param>
    public static JournalEntry? Accrual(IncentiveLine line, Actor actor)
    {
        if (line.Amount.Amount == 0)
        {
            return null;
        }

        var amount = line.Amount.Amount > 0 ? line.Amount : -line.Amount;
        IReadOnlyList<JournalSide> sides = line.Amount.Amount > 0
            ? [JournalSide.Debit(LedgerAccount.CommissionExpense, line.PartnerId, amount), JournalSide.Credit(LedgerAccount.PartnerAccrued, line.PartnerId, amount)]
            : [JournalSide.Debit(OwedBefore(line), line.PartnerId, amount), JournalSide.Credit(LedgerAccount.CommissionExpense, line.PartnerId, amount)];
        return JournalEntry.Of($"accrual/{line.Id}", line.CalculatedAt, actor, line.ReasonText, sides, line.Id);
    }

    /// <summary>A run was approved: what it pays to one partner becomes payable, claims on the partner are netted against it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="lines">The partner's lines in the run.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who approved.</param>
    public static JournalEntry? Approval(PayoutRunId run, PartnerId partner, IReadOnlyList<IncentiveLine> lines, DateTimeOffset at, Actor actor) =>
        Entry($"approval/{run}/{partner}", "Approved for payment", at, actor, run, Moved(partner, lines, back: false));

    /// <summary>An approved run was cancelled, or the bank rejected a payment: the lines are owed as before the approval.</summary>
    /// <param name="run">The run.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="lines">The partner's lines in the run.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who cancelled.</param>
    /// <param name="reason">Why.</param>
    public static JournalEntry? Return(PayoutRunId run, PartnerId partner, IReadOnlyList<IncentiveLine> lines, DateTimeOffset at, Actor actor, string reason) =>
        Entry($"return/{run}/{partner}", reason, at, actor, run, Moved(partner, lines, back: true));

    /// <summary>A payment was released: what is payable goes to the bank and, where tax is withheld, to the authority.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who released it.</param>
    public static JournalEntry? Release(PayoutPayment payment, DateTimeOffset at, Actor actor) =>
        Entry($"payment/{payment.EndToEndId}", "Payment released", at, actor, payment.RunId, Paid(payment, back: false));

    /// <summary>The bank rejected a payment: the money is payable again.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who read the bank's answer.</param>
    /// <param name="reason">The bank's reason.</param>
    public static JournalEntry? Rejection(PayoutPayment payment, DateTimeOffset at, Actor actor, string reason) =>
        Entry($"rejection/{payment.EndToEndId}", reason, at, actor, payment.RunId, Paid(payment, back: true));

    /// <summary>Where the amount of a line is owed before it is approved: earned on the accrual, taken back after payment on the claim.</summary>
    /// <param name="line">The line.</param>
    public static LedgerAccount OwedBefore(IncentiveLine line) =>
        line.Kind == LineKind.Reversal || line.Amount.Amount > 0 ? LedgerAccount.PartnerAccrued : LedgerAccount.PartnerReceivable;

    private static List<JournalSide> Moved(PartnerId partner, IReadOnlyList<IncentiveLine> lines, bool back)
    {
        var sides = new List<JournalSide>();
        foreach (var group in lines.Where(line => line.Amount.Amount != 0).GroupBy(line => (line.Amount.Amount > 0, Before: OwedBefore(line))).OrderBy(group => group.Key))
        {
            var sum = group.Aggregate(Money.Zero(group.First().Amount.Currency), (total, line) => total + line.Amount);
            var amount = sum.Amount > 0 ? sum : -sum;
            var toPayable = sum.Amount > 0 != back;
            sides.Add(new JournalSide(group.Key.Before, partner, amount, IsDebit: toPayable));
            sides.Add(new JournalSide(LedgerAccount.PartnerPayable, partner, amount, IsDebit: !toPayable));
        }

        return sides;
    }

    private static List<JournalSide> Paid(PayoutPayment payment, bool back)
    {
        var sides = new List<JournalSide>();
        foreach (var (account, amount) in new[] { (LedgerAccount.CashClearing, payment.Amount), (LedgerAccount.TaxWithheld, payment.TaxWithheld) })
        {
            if (amount.Amount > 0)
            {
                sides.Add(new JournalSide(LedgerAccount.PartnerPayable, payment.PartnerId, amount, IsDebit: !back));
                sides.Add(new JournalSide(account, payment.PartnerId, amount, IsDebit: back));
            }
        }

        return sides;
    }

    private static JournalEntry? Entry(string id, string reason, DateTimeOffset at, Actor actor, PayoutRunId run, List<JournalSide> sides) =>
        sides.Count == 0 ? null : JournalEntry.Of(id, at, actor, reason, sides, run: run);
}
