using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>Makes statements; a pure function of a partner's lines, their steps, and the ledger's postings.</summary>
public static class StatementBuilder
{
    private static readonly LedgerAccount[] Owed = [LedgerAccount.PartnerAccrued, LedgerAccount.PartnerPayable, LedgerAccount.PartnerReceivable];

    /// <summary>Makes one statement.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The month.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="lines">All lines of the partner.</param>
    /// <param name="steps">All steps of those lines.</param>
    /// <param name="postings">All postings of the partner.</param>
    public static Statement Build(
        PartnerId partner, string period, Currency currency, IEnumerable<IncentiveLine> lines, IEnumerable<LineTransition> steps, IEnumerable<JournalPosting> postings)
    {
        var (start, end) = (PayoutPeriod.Start(period), PayoutPeriod.End(period));
        var known = lines.Where(line => line.Amount.Currency == currency && line.BookedOn <= end)
            .OrderBy(line => line.BookedOn).ThenBy(line => line.Id.Value, StringComparer.Ordinal).ToList();
        var byLine = steps.Where(step => step.On <= end).ToLookup(step => step.LineId);
        var standing = known.ToDictionary(line => line.Id, line => LineLifecycle.StatusOn(byLine[line.Id], end));
        var own = postings.Where(posting => posting.Currency == currency && posting.BookedOn <= end).ToList();
        var within = own.Where(posting => posting.BookedOn >= start).ToList();
        var booked = known.Where(line => line.BookedOn >= start).ToList();

        Money Sum(IEnumerable<decimal> amounts) => new(amounts.Sum(), currency);
        Money Standing(params ReadOnlySpan<LineStatus> among)
        {
            var sum = 0m;
            foreach (var line in known)
            {
                if (among.Contains(standing[line.Id]))
                {
                    sum += line.Amount.Amount;
                }
            }

            return new Money(sum, currency);
        }

        var cash = Sum(within.Where(p => p.Account == LedgerAccount.CashClearing).Select(p => p.Credit - p.Debit));
        var tax = Sum(within.Where(p => p.Account == LedgerAccount.TaxWithheld).Select(p => p.Credit - p.Debit));
        return new Statement(
            partner,
            period,
            currency,
            Opening: Balance(own.Where(p => p.BookedOn < start), currency),
            Earned: Sum(booked.Where(line => line.Kind == LineKind.Commission).Select(line => line.Amount.Amount)),
            Adjustments: Sum(booked.Where(line => line.Kind != LineKind.Commission).Select(line => line.Amount.Amount)),
            Paid: cash,
            TaxWithheld: tax,
            Closing: Balance(own, currency),
            OnHold: Standing(LineStatus.Calculated, LineStatus.OnHold),
            Approvable: Standing(LineStatus.Approvable),
            InPayment: Standing(LineStatus.Approved),
            [.. known.Where(line => line.BookedOn >= start || IsOpen(standing[line.Id])).Select(line => ToLine(line, standing[line.Id], byLine[line.Id]))],
            [.. Payments(within, currency)]);
    }

    private static bool IsOpen(LineStatus status) =>
        status is LineStatus.Calculated or LineStatus.OnHold or LineStatus.Approvable or LineStatus.Approved;

    private static Money Balance(IEnumerable<JournalPosting> postings, Currency currency) =>
        new(postings.Where(p => Owed.Contains(p.Account)).Sum(p => p.Credit - p.Debit), currency);

    private static StatementLine ToLine(IncentiveLine line, LineStatus status, IEnumerable<LineTransition> steps)
    {
        var held = status is LineStatus.Calculated or LineStatus.OnHold;
        var paid = status == LineStatus.Paid ? steps.Where(step => step.To == LineStatus.Paid).Select(step => (DateOnly?)step.On).LastOrDefault() : null;
        return new StatementLine(
            line.Id, line.DealId, line.Kind, line.Event, line.EarnedOn, line.BookedOn, line.Base, line.SharePercent, line.RatePercent, line.Amount, status,
            held ? line.HoldUntil : null, held ? line.HoldReason : null, paid, line.ReasonText, line.RulesetVersion, line.DecisionId, line.CorrectsLineId);
    }

    // A payment's entry is named payment/END-TO-END-ID, its return rejection/END-TO-END-ID.
    private static IEnumerable<StatementPayment> Payments(IEnumerable<JournalPosting> within, Currency currency) =>
        from posting in within
        where posting.Account is LedgerAccount.CashClearing or LedgerAccount.TaxWithheld
        group posting by (posting.EntryId, posting.BookedOn) into entry
        orderby entry.Key.BookedOn, entry.Key.EntryId
        let id = entry.Key.EntryId[(entry.Key.EntryId.IndexOf('/', StringComparison.Ordinal) + 1)..]
        select new StatementPayment(
            id,
            id[..id.LastIndexOf('-')],
            entry.Key.BookedOn,
            new Money(entry.Where(p => p.Account == LedgerAccount.CashClearing).Sum(p => p.Credit - p.Debit), currency),
            new Money(entry.Where(p => p.Account == LedgerAccount.TaxWithheld).Sum(p => p.Credit - p.Debit), currency));
}
