using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Verification;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>Nobody is paid who resembles an entry of the sanctions list as it is when the run is calculated, and again when it is released.</summary>
public sealed class PayeeScreeningTests : IncentiveTest
{
    private const string LikeA = "Zarubezh Handels AG";
    private const string OfB = "Möbel Wolkenstein KG";
    private static readonly Actor Compliance = Actor.Staff("u-compliance", "Compliance", ActorSource.Web, "compliance");

    protected override async Task StartedAsync()
    {
        await base.StartedAsync();
        await Storage.WriteAsync((db, _) =>
        {
            db.AddRange(Company(A, "Zarubezh Handel GmbH"), Company(B, OfB));
            return Task.CompletedTask;
        });
        await AccrueAsync("deal-1", 1000m, (A, 60m), (B, 40m));
        Clock.Advance(TimeSpan.FromDays(40));
    }

    [Fact]
    public async Task Calculate_PayeeOnTheList_IsLeftOutAndTheOthersArePaid()
    {
        await ListAsync("2026-01", LikeA);

        var run = await CalculateAsync(await RunAsync("2026-01"));

        Assert.Equal((40m, 1), (run.Total, run.LineCount));
        var left = Assert.Single(PayoutRunService.Skipped(run));
        Assert.Equal(A, left.Partner);
        Assert.Contains("sanctions list 2026-01", left.Reason, StringComparison.Ordinal);
        await CheckBooksAsync();
    }

    [Fact]
    public async Task Compared_FoundToBeAnother_IsPaidUntilTheListOrTheDetailsChange()
    {
        await ListAsync("2026-01", LikeA);
        await ScreenAsync();

        await RecordAsync([]);
        Assert.Empty((await ScreenAsync()).Hits);

        await ListAsync("2026-02", LikeA);
        Assert.Equal(A, Assert.Single((await ScreenAsync()).Hits).PartnerId);

        await RecordAsync([]);
        Assert.Empty((await ScreenAsync()).Hits);
        Clock.Advance(TimeSpan.FromDays(1));
        await PayeeAsync(A, "DE02120300000000202051");
        Assert.Equal(A, Assert.Single((await ScreenAsync()).Hits).PartnerId);
    }

    [Fact]
    public async Task Compared_FoundToBeTheSame_StaysHeld()
    {
        await ListAsync("2026-01", LikeA);
        await ScreenAsync();

        await RecordAsync([A]);

        Assert.Equal(A, Assert.Single((await ScreenAsync()).Hits).PartnerId);
        Assert.Equal(40m, (await CalculateAsync(await RunAsync("2026-01"))).Total);
    }

    [Fact]
    public async Task Screened_Again_AsksTheRulesOnce()
    {
        await ListAsync("2026-01", LikeA);

        await ScreenAsync();
        await ScreenAsync();
        await CalculateAsync(await RunAsync("2026-01"));

        Assert.Equal(1, await Storage.ReadAsync((db, token) => db.Set<Screening>().CountAsync(token)));
    }

    [Fact]
    public async Task Release_ListChangedSinceTheCalculation_HoldsThatPaymentAndReleasesTheOthers()
    {
        var run = await CalculateAsync(await RunAsync("2026-01"));
        await ApproveAsync(run);
        await ListAsync("2026-02", LikeA);

        var released = await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token));

        Assert.Equal((PayoutRunStatus.Released, 40m, 1), (released.Value.Status, released.Value.Total, released.Value.LineCount));
        var payments = await Get<PayoutRunService>().PaymentsAsync(run.Id, Controller);
        Assert.Equal([(A, PaymentStatus.Held), (B, PaymentStatus.Sent)], payments.Select(payment => (payment.PartnerId, payment.Status)).OrderBy(pair => pair.PartnerId.Value, StringComparer.Ordinal));
        await CheckBooksAsync();
        var file = (await Get<PayoutRunService>().FileAsync(run.Id, PaymentFileFormat.Pain001, Controller)).Value;
        Assert.Contains("<CtrlSum>40.00</CtrlSum>", global::System.Text.Encoding.UTF8.GetString(file.Content.Span), StringComparison.Ordinal);

        Assert.Equal(PayoutRunStatus.Settled, (await BookAsync((book, db, token) => book.SettleAsync(db, run.Id, new Dictionary<string, string>(), Clerk, token))).Value.Status);
        await CheckBooksAsync();
        Assert.True((await Get<Verifier>().RunAsync()).Checks.Single(check => check.Check == "payment files come out again") is { Examined: > 0, Wrong: 0 });

        // Compared and found to be another, the money comes with the next run.
        await RecordAsync([]);
        var next = await CalculateAsync(await RunAsync("2026-02"));
        Assert.Equal(60m, next.Total);
    }

    [Fact]
    public async Task Release_EveryPayeeIsOnTheList_GivesTheRunUp()
    {
        var run = await CalculateAsync(await RunAsync("2026-01"));
        await ApproveAsync(run);
        await ListAsync("2026-02", LikeA, OfB);

        var released = await BookAsync((book, db, token) => book.ReleaseAsync(db, run.Id, Controller, token));

        Assert.Equal((PayoutRunStatus.Cancelled, 0m), (released.Value.Status, released.Value.Total));
        await CheckBooksAsync();
        Assert.Equal(2, await Storage.ReadAsync((db, token) => db.Set<IncentiveLine>().CountAsync(line => line.Status == LineStatus.Approvable && line.RunId == null, token)));
    }

    private Partner Company(PartnerId id, string name) =>
        new() { Id = id, LegalName = name, NameKey = CompanyName.Key(name), Country = "DE", Status = PartnerStatus.Active, AppliedAt = Clock.GetUtcNow() };

    private async Task ListAsync(string version, params string[] names) => Assert.True((await Get<OnboardingService>().ReplaceListAsync(WatchlistKind.Sanctions, version, names, Asker)).IsSuccess);

    private Task<PayoutRun> CalculateAsync(PayoutRun run) => BookAsync((book, db, token) => book.CalculateAsync(db, run.Id, System, token));

    private async Task ApproveAsync(PayoutRun run) => Assert.True((await BookAsync((book, db, token) => book.ApproveAsync(db, run.Id, Clerk, token))).IsSuccess);

    private Task<PayeeScreening> ScreenAsync() => Storage.WriteAsync(async (db, token) =>
        await Get<PayeeScreenings>().ScreenAsync(db, await db.Set<PayeeProfile>().AsNoTracking().ToListAsync(token), System, token));

    private Task RecordAsync(PartnerId[] same) => Storage.WriteAsync((db, token) => Get<PayeeScreenings>().RecordAsync(db, [A], same, "Compared.", Compliance, token));
}
