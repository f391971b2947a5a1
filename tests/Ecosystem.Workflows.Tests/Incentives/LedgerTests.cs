using CsCheck;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;

namespace Ecosystem.Workflows.Tests.Incentives;

public class LedgerTests
{
    private static readonly PartnerId Partner = new("ptn-a");
    private static readonly Actor Clerk = Actor.Staff("u-1", "Clerk", ActorSource.Web, "finance");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Unbalanced_Throws()
    {
        var error = Assert.Throws<InvalidOperationException>(() => JournalEntry.Of(
            "x",
            At,
            Clerk,
            "test",
            [JournalSide.Debit(LedgerAccount.CommissionExpense, Partner, new Money(1m, "EUR")), JournalSide.Credit(LedgerAccount.PartnerAccrued, Partner, new Money(2m, "EUR"))]));
        Assert.Contains("debits 1, credits 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BalancedOnlyAcrossCurrencies_Throws() => Assert.Throws<InvalidOperationException>(() => JournalEntry.Of(
        "x",
        At,
        Clerk,
        "test",
        [JournalSide.Debit(LedgerAccount.CommissionExpense, Partner, new Money(1m, "EUR")), JournalSide.Credit(LedgerAccount.PartnerAccrued, Partner, new Money(1m, "USD"))]));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.005)]
    public void Of_SideNotAboveZeroOrNotInCoins_Throws(double amount) => Assert.Throws<InvalidOperationException>(() => JournalEntry.Of(
        "x",
        At,
        Clerk,
        "test",
        [JournalSide.Debit(LedgerAccount.CommissionExpense, Partner, new Money((decimal)amount, "EUR")), JournalSide.Credit(LedgerAccount.PartnerAccrued, Partner, new Money((decimal)amount, "EUR"))]));

    [Fact]
    public void Move_NotAllowed_ThrowsAndChangesNothing()
    {
        var line = new IncentiveLine { Id = new("l"), PartnerId = Partner, Event = "won", ReasonText = "", Amount = new Money(1m, "EUR") };
        var error = Assert.Throws<InvalidOperationException>(() => LineLifecycle.Move(line, LineStatus.Paid, At, Clerk));
        Assert.Contains("Calculated", error.Message, StringComparison.Ordinal);
        Assert.Equal((LineStatus.Calculated, 0), (line.Status, line.Moves));
    }

    [Fact]
    public void Reserve_ByAnotherRun_Throws()
    {
        var line = new IncentiveLine { Id = new("l"), PartnerId = Partner, Event = "won", ReasonText = "", Amount = new Money(1m, "EUR") };
        LineLifecycle.Move(line, LineStatus.Approvable, At, Clerk);
        LineLifecycle.Reserve(line, new PayoutRunId("r1"));
        Assert.Throws<InvalidOperationException>(() => LineLifecycle.Reserve(line, new PayoutRunId("r2")));
        LineLifecycle.Reserve(line, null);
        LineLifecycle.Reserve(line, new PayoutRunId("r2"));
        Assert.Equal(new PayoutRunId("r2"), line.RunId);
    }

    [Fact]
    public void StatusOn_BetweenSteps_IsThatOfTheDay()
    {
        var line = new IncentiveLine { Id = new("l"), PartnerId = Partner, Event = "won", ReasonText = "", Amount = new Money(1m, "EUR") };
        List<LineTransition> steps = [LineLifecycle.Move(line, LineStatus.OnHold, At, Clerk), LineLifecycle.Move(line, LineStatus.Approvable, At.AddDays(30), Clerk)];
        Assert.Equal(LineStatus.Calculated, LineLifecycle.StatusOn(steps, new DateOnly(2026, 2, 28)));
        Assert.Equal(LineStatus.OnHold, LineLifecycle.StatusOn(steps, new DateOnly(2026, 3, 1)));
        Assert.Equal(LineStatus.OnHold, LineLifecycle.StatusOn(steps, new DateOnly(2026, 3, 30)));
        Assert.Equal(LineStatus.Approvable, LineLifecycle.StatusOn(steps, new DateOnly(2026, 3, 31)));
    }

    [Fact]
    public void AnyHistory_LedgerBalancesAndStatementsAgreeWithIt() => Gen.Int[1, 1_000_000].Sample(
        seed =>
        {
            var history = new IncentiveHistory(seed);
            history.Run(months: 8);
            foreach (var currency in IncentiveHistory.Currencies)
            {
                var all = LedgerBook.Replay(history.Entries.SelectMany(entry => entry.Postings));
                var (debits, credits) = all.Totals(currency);
                Assert.Equal(debits, credits);
                foreach (var partner in history.Partners)
                {
                    CheckPartner(history, all, partner, currency);
                }
            }

            Assert.All(history.Entries, entry => Assert.All(
                entry.Postings.GroupBy(posting => posting.Currency),
                group => Assert.Equal(group.Sum(posting => posting.Debit), group.Sum(posting => posting.Credit))));
        },
        iter: 200);

    private static void CheckPartner(IncentiveHistory history, LedgerBook book, PartnerId partner, Currency currency)
    {
        var lines = history.Lines.Where(line => line.PartnerId == partner).ToList();
        var steps = history.Steps.Where(step => step.PartnerId == partner).ToList();
        var postings = history.Entries.SelectMany(entry => entry.Postings).Where(posting => posting.PartnerId == partner).ToList();
        var own = lines.Where(line => line.Amount.Currency == currency).ToList();
        Money Standing(params LineStatus[] among) => new(own.Where(line => among.Contains(line.Status)).Sum(line => line.Amount.Amount), currency);

        // The ledger says what the lines say.
        Assert.Equal(Standing(LineStatus.OnHold, LineStatus.Approvable, LineStatus.Approved), book.Owed(currency, partner));
        Assert.Equal(Standing(LineStatus.Approved), book.Balance(LedgerAccount.PartnerPayable, currency, partner));
        Assert.Equal(
            Standing(LineStatus.InBatch, LineStatus.Paid),
            -book.Balance(LedgerAccount.CashClearing, currency, partner) + book.Balance(LedgerAccount.TaxWithheld, currency, partner));
        Assert.Equal(new Money(own.Sum(line => line.Amount.Amount), currency), book.Balance(LedgerAccount.CommissionExpense, currency, partner));

        // Statements follow one another and end where the ledger ends.
        Money? opening = null;
        foreach (var period in history.Periods)
        {
            var statement = StatementBuilder.Build(partner, period, currency, lines, steps, postings);
            Assert.True(statement.Adds, $"{partner} {period} {statement}");
            Assert.Equal(LedgerBook.Replay(postings.Where(posting => posting.BookedOn <= PayoutPeriod.End(period))).Owed(currency, partner), statement.Closing);
            Assert.Equal(opening ?? Money.Zero(currency), statement.Opening);
            Assert.Equal(statement.Paid.Amount, statement.Payments.Sum(payment => payment.Amount.Amount));
            Assert.Equal(statement.TaxWithheld.Amount, statement.Payments.Sum(payment => payment.TaxWithheld.Amount));
            opening = statement.Closing;
        }

        Assert.Equal(book.Owed(currency, partner), opening);
    }
}
