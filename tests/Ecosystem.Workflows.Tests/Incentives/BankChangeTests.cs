using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>Bank details that were changed rest three business days before anything is paid to them.</summary>
public sealed class BankChangeTests : IncentiveTest
{
    [Fact]
    public async Task Calculate_DetailsChangedLately_AreLeftOutWithTheDayAndPaidAfterIt()
    {
        await AccrueAsync("deal-1", 1000m, (A, 50m), (B, 50m));
        Clock.Advance(TimeSpan.FromDays(40));

        // Changed on a Saturday: Monday to Wednesday pass, so Thursday, 19 February 2026 is the first day.
        Assert.Equal(DayOfWeek.Saturday, Clock.GetUtcNow().DayOfWeek);
        await PayeeAsync(A, "DE75512108001245126199");
        Assert.Equal(new DateOnly(2026, 2, 19), DateOnly.FromDateTime((await ProfileAsync(A)).CoolsUntil!.Value.UtcDateTime));
        Assert.Null((await ProfileAsync(B)).CoolsUntil);

        var first = await CalculatedAsync("2026-01");
        var skipped = Assert.Single(PayoutRunService.Skipped(first));
        Assert.Equal(A, skipped.Partner);
        Assert.Contains("2026-02-19", skipped.Reason, StringComparison.Ordinal);
        Assert.Equal(50m, first.Total);

        await BookAsync(async (book, db, token) => await book.CancelAsync(db, first.Id, "Wait for the bank change.", Asker, token));
        Clock.Advance(TimeSpan.FromDays(5));
        var second = await CalculatedAsync("2026-01");
        Assert.Empty(PayoutRunService.Skipped(second));
        Assert.Equal(100m, second.Total);
    }

    [Fact]
    public async Task Set_SameDetailsAgain_StartsNoCoolingOff()
    {
        await PayeeAsync(A, "DE89370400440532013000");

        Assert.Null((await ProfileAsync(A)).CoolsUntil);
        Assert.NotNull((await ProfileAsync(A)).VerifiedBy);
    }

    [Fact]
    public async Task Set_ChangedDetails_MustBeVerifiedAgainBySomebodyElse()
    {
        var details = new PayeeDetails(new PaymentParty("A", new PostalAddress("Bonn", "DE"), BankAccount.OfIban("DE75512108001245126199")), Currency.Eur) { TaxFormOnFile = true };
        Assert.True((await Get<PayeeService>().SetAsync(A, details, Clerk)).IsSuccess);

        Assert.Null((await ProfileAsync(A)).VerifiedBy);
        Assert.Equal("payee.same-person", (await Get<PayeeService>().VerifyAsync(A, Currency.Eur, "call-back", Clerk)).Refusal!.Code);
        Assert.True((await Get<PayeeService>().VerifyAsync(A, Currency.Eur, "call-back", Controller)).IsSuccess);
    }

    private Task<PayeeProfile> ProfileAsync(PartnerId partner) => Storage.ReadAsync((db, token) => db.Set<PayeeProfile>().SingleAsync(payee => payee.PartnerId == partner, token));

    private async Task<PayoutRun> CalculatedAsync(string period)
    {
        var run = await RunAsync(period);
        await Get<PayoutActivities>().CalculateAsync(run.Id.Value);
        return await Storage.ReadAsync((db, token) => db.Set<PayoutRun>().SingleAsync(row => row.Id == run.Id, token));
    }
}
