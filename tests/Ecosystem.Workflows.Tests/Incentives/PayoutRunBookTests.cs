using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Verification;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Incentives;

public class PayoutRunBookTests : IncentiveTest
{
    [Fact]
    public async Task Accrue_Twice_PostsOnceAndDividesExactly()
    {
        var lines = await AccrueAsync("deal-1", 1000.01m, (A, 33.33m), (B, 66.67m));
        var again = await AccrueAsync("deal-1", 1000.01m, (A, 33.33m), (B, 66.67m));
        Assert.Equal(lines.Select(line => line.Id).ToHashSet(), again.Select(line => line.Id).ToHashSet());
        Assert.Equal(1000.01m, lines.Sum(line => line.Base.Amount));
        Assert.All(lines, line => Assert.Equal((LineStatus.OnHold, Today.AddDays(30)), (line.Status, line.HoldUntil)));
        Assert.All(lines, line => Assert.NotNull(line.DecisionId));
        Assert.Equal("incentive-plan@1.0.0", lines[0].RulesetVersion);
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Accrue_SaleReportedLate_IsHeldFromTheReportOn()
    {
        var accrual = new Accrual(new DealId("deal-late"), "won", Today.AddDays(-40), new Money(1000m, "EUR"), "GTX", [new PartnerCredit(A, 100m, "contributor", "silver", true)]);
        var line = Assert.Single(await Get<IncentiveService>().AccrueAsync(accrual, System));
        Assert.Equal((Today.AddDays(-40), Today, Today.AddDays(30)), (line.EarnedOn, line.BookedOn, line.HoldUntil));
    }

    [Fact]
    public async Task Run_ToTheEnd_PaysWhatIsDueAndBalances()
    {
        await AccrueAsync("deal-1", 1000m, (A, 60m), (B, 40m));
        Clock.Advance(TimeSpan.FromDays(20));
        await AccrueAsync("deal-2", 500m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(15));
        var run = await RunAsync("2026-01");

        // The second deal is held for another fortnight.
        run = await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        Assert.Equal((PayoutRunStatus.Calculated, 100m, 2), (run.Status, run.Total, run.LineCount));
        await CheckBooksAsync();

        Assert.True((await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token))).IsSuccess);
        await CheckBooksAsync();
        var released = await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token));
        Assert.True(released.IsSuccess, released.Refusal?.Message);
        Assert.Equal(new DateOnly(2026, 2, 10), released.Value.ExecutionDate);
        await CheckBooksAsync();

        var file = (await Get<PayoutRunService>().FileAsync(run.Id, PaymentFileFormat.Pain001, Controller)).Value;
        var again = (await Get<PayoutRunService>().FileAsync(run.Id, PaymentFileFormat.Pain001, Clerk)).Value;
        Assert.True(file.Content.Span.SequenceEqual(again.Content.Span));
        Assert.Contains("<CtrlSum>100.00</CtrlSum>", global::System.Text.Encoding.UTF8.GetString(file.Content.Span), StringComparison.Ordinal);

        Assert.Equal(PayoutRunStatus.Settled, (await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string>(), Clerk, token))).Value.Status);
        await CheckBooksAsync();
        var balance = Assert.Single((await Get<StatementService>().BalancesAsync(A, System)).Value);
        Assert.Equal((60m, 50m), (balance.Paid.Amount, balance.OnHold.Amount));
        var hold = Assert.Single(balance.Holds);
        Assert.Equal((new DateOnly(2026, 2, 24), "refund-window"), (hold.Until, hold.Reason));
    }

    [Fact]
    public async Task Statements_RunBeforeTheMonthIsOver_AreIssuedOnceItIs()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(31));
        var run = await RunAsync("2026-02");
        await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        await AccrueAsync("deal-2", 500m, (A, 100m));
        await CheckIssuedAsync(0);

        Clock.Advance(TimeSpan.FromDays(28));
        await Get<PayoutCalendar>().RunAsync();
        await CheckIssuedAsync(1);
        await AccrueAsync("deal-3", 200m, (A, 100m));
        await CheckIssuedAsync(1);

        async Task CheckIssuedAsync(long count)
        {
            var check = (await Get<Verifier>().RunAsync()).Checks.Single(check => check.Check == "issued statements come out again");
            Assert.Equal((count, 0L), (check.Examined, check.Wrong));
        }
    }

    [Fact]
    public async Task EachStep_Repeated_ChangesNothing()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        for (var i = 0; i < 2; i++)
        {
            await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.True((await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token))).IsSuccess);
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.True((await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token))).IsSuccess);
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.True((await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string>(), Clerk, token))).IsSuccess);
        }

        Assert.Equal(4, await Storage.ReadAsync((db, token) => db.Set<LineTransition>().CountAsync(step => step.To != LineStatus.OnHold, token)));
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Duties_AllPairs_ArePersonsNotRoles()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var both = Actor.Staff(Asker.Id, "Ops with another hat", ActorSource.Web, "finance", "ops");
        var run = await RunAsync("2026-01");
        await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        async Task<string?> Approve(Actor actor) => (await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, actor, token))).Refusal?.Code;
        async Task<string?> Release(Actor actor) => (await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, actor, token))).Refusal?.Code;

        Assert.Equal("payout.wrong-status", await Release(Controller));
        Assert.Equal("payout.same-person", await Approve(both));
        Assert.Equal("actor.forbidden", await Approve(Asker));
        Assert.Equal("actor.forbidden", await Approve(Actor.Staff("u-admin", "Admin", ActorSource.Web, "admin")));
        Assert.Null(await Approve(Controller));

        // The controller approved; the clerk verified the bank details; the asker asked.
        Assert.Equal("payout.same-person", await Release(Controller));
        Assert.Equal("payout.same-person", await Release(Clerk));
        Assert.Equal("payout.same-person", await Release(both));
        Assert.Null(await Release(Actor.Staff("u-third", "Third", ActorSource.Web, "finance")));
    }

    [Fact]
    public async Task Cancel_AfterApproval_GivesLinesFreeForTheNextRun()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token));
        Assert.Equal("payout.run-open", (await Get<PayoutRunService>().RequestAsync("2026-02", Currency.Eur, Asker)).Refusal?.Code);
        Assert.Equal(PayoutRunStatus.Cancelled, (await BookAsync((book, db, token) => book.CancelAsync(db, run.Id, "wrong period", Clerk, token))).Value.Status);
        await CheckBooksAsync();

        var second = await RunAsync("2026-01");
        Assert.Equal("payout-2026-01-EUR-2", second.Id.Value);
        second = await BookAsync((book, db, token) => book.CalculateAsync(db, second.Id, System, token));
        Assert.Equal(100m, second.Total);
    }

    [Fact]
    public async Task Settle_WithRejection_PutsThePaymentBack()
    {
        await AccrueAsync("deal-1", 1000m, (A, 60m), (B, 40m));
        Clock.Advance(TimeSpan.FromDays(40));
        var run = await RunAsync("2026-01");
        await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token));
        await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token));
        Assert.Equal(
            "payout.unknown-payment",
            (await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string> { ["x"] = "AC04" }, Clerk, token))).Refusal?.Code);
        Assert.Equal("payout.wrong-status", (await BookAsync((book, db, token) => book.CancelAsync(db, run.Id, "too late", Clerk, token))).Refusal?.Code);
        Assert.True((await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string> { [$"{run.Id}-001"] = "AC04 closed account" }, Clerk, token))).IsSuccess);
        await CheckBooksAsync();
        Assert.Equal(60m, Assert.Single((await Get<StatementService>().BalancesAsync(A, System)).Value).Approvable.Amount);
        Assert.Equal(40m, Assert.Single((await Get<StatementService>().BalancesAsync(B, System)).Value).Paid.Amount);
    }

    [Fact]
    public async Task Calculate_UnverifiedDetails_LeavesThePartnerOutWithTheReason()
    {
        await AccrueAsync("deal-1", 1000m, (A, 60m), (B, 40m));
        Clock.Advance(TimeSpan.FromDays(40));
        var details = new PayeeDetails(new PaymentParty("New", new PostalAddress("Bonn", "DE"), BankAccount.OfIban("GB82WEST12345698765432")), Currency.Eur);
        Assert.True((await Get<PayeeService>().SetAsync(B, details, Clerk)).IsSuccess);
        Assert.Equal("payee.same-person", (await Get<PayeeService>().VerifyAsync(B, Currency.Eur, "call-back", Clerk)).Refusal?.Code);
        var run = await RunAsync("2026-01");
        run = await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        Assert.Equal(60m, run.Total);
        var skipped = Assert.Single(PayoutRunService.Skipped(run));
        Assert.Equal(B, skipped.Partner);
        Assert.Contains("not verified", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refund_BeforeAndAfterPayment_ReversesOrClaimsWithinTheWindow()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        Assert.Equal(LineKind.Reversal, Assert.Single((await Get<IncentiveService>().RefundAsync(new DealId("deal-1"), "CN-1", 1m, Today, Clerk)).Value).Kind);
        await CheckBooksAsync();
        Assert.Equal(0m, Assert.Single((await Get<StatementService>().BalancesAsync(A, System)).Value).Owed.Amount);

        await AccrueAsync("deal-2", 1000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(40));
        await PayAsync("2026-01");
        Clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal("incentive.fraction", (await Get<IncentiveService>().RefundAsync(new DealId("deal-2"), "CN-2", 1.1m, Today, Clerk)).Refusal?.Code);
        var claim = Assert.Single((await Get<IncentiveService>().RefundAsync(new DealId("deal-2"), "CN-2", 0.25m, Today, Clerk)).Value);
        Assert.Equal((LineKind.Clawback, -25m), (claim.Kind, claim.Amount.Amount));
        Assert.Empty((await Get<IncentiveService>().RefundAsync(new DealId("deal-2"), "CN-2", 0.25m, Today, Clerk)).Value);
        await CheckBooksAsync();

        // Never more than is left of the line, and nothing after the window.
        Assert.Equal(-75m, Assert.Single((await Get<IncentiveService>().RefundAsync(new DealId("deal-2"), "CN-3", 0.9m, Today, Clerk)).Value).Amount.Amount);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await Get<IncentiveService>().RefundAsync(new DealId("deal-2"), "CN-4", 0.1m, Today, Clerk)).Value);

        // What the partner owes is carried forward against what it earns next.
        await AccrueAsync("deal-3", 3000m, (A, 100m));
        Clock.Advance(TimeSpan.FromDays(60));
        var run = await PayAsync(PayoutPeriod.Of(Today.AddMonths(-1)));
        Assert.Equal((300m, 100m, 200m), (run.Gross, run.Netted, run.Total));
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Request_BadPeriodOrRole_IsRefused()
    {
        Assert.Equal("payout.period", (await Get<PayoutRunService>().RequestAsync("2026-13", Currency.Eur, Asker)).Refusal?.Code);
        Assert.Equal("payout.period", (await Get<PayoutRunService>().RequestAsync("2027-01", Currency.Eur, Asker)).Refusal?.Code);
        Assert.Equal("actor.forbidden", (await Get<PayoutRunService>().RequestAsync("2026-01", Currency.Eur, Actor.OfPartner("p", "P", A))).Refusal?.Code);
        Assert.Equal(PayoutRunStatus.Empty, (await BookAsync(async (book, db, token) => await book.CalculateAsync(db, (await RunAsyncIn(db, token)).Id, System, token))).Status);
    }

    [Fact]
    public async Task Statements_OfAnotherPartner_AreNotFound()
    {
        await AccrueAsync("deal-1", 1000m, (A, 100m));
        var stranger = Actor.OfPartner("u-b", "B", B);
        Assert.Equal("partner.not-found", (await Get<StatementService>().GetAsync(A, "2026-01", stranger)).Refusal?.Code);
        Assert.Equal("partner.not-found", (await Get<StatementService>().BalancesAsync(A, stranger)).Refusal?.Code);
        Assert.Equal("statement.period", (await Get<StatementService>().GetAsync(A, "January", Actor.OfPartner("u-a", "A", A))).Refusal?.Code);
        Assert.Single((await Get<StatementService>().GetAsync(A, "2026-01", Actor.OfPartner("u-a", "A", A))).Value);
    }

    private async Task<PayoutRun> RunAsyncIn(Ecosystem.Workflows.Storage.EcosystemDbContext db, CancellationToken token) =>
        (await Get<PayoutRunService>().AskAsync(db, "2026-01", Currency.Eur, Asker, null, token)).Value;

    private async Task<PayoutRun> PayAsync(string period)
    {
        var run = await RunAsync(period);
        await BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));
        Assert.True((await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token))).IsSuccess);
        Assert.True((await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token))).IsSuccess);
        return (await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string>(), Clerk, token))).Value;
    }
}
