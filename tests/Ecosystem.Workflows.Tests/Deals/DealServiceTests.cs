using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Deals;

public class DealServiceTests : LifecycleTest
{
    [Fact]
    public async Task RegisterAsync_GoodRegistration_StoresDealCaseAuditAndStart()
    {
        var partner = await ActivePartnerAsync("north");
        var registered = (await Deals.RegisterAsync(Registration(partner, "d1"), Actor.OfPartner("u1", "Nora", partner))).Value;

        var deal = await DealAsync(registered.DealId);
        Assert.Equal((DealState.Submitted, "acme.com", new Money(1000m, "EUR")), (deal.State, deal.Customer.Domain, deal.Amount));
        await Storage.ReadAsync(async (db, token) =>
        {
            Assert.Equal("deal-registration", (await db.Set<CaseRecord>().SingleAsync(row => row.Id == registered.CaseId, token)).Kind);
            Assert.Equal(OutboxKind.StartWorkflow, (await db.Set<OutboxMessage>().SingleAsync(row => row.Key == registered.CaseId.Value, token)).Kind);
            Assert.Equal("u1", (await db.Set<AuditEntry>().SingleAsync(row => row.Action == "deal.submitted", token)).ActorId);
            return true;
        });
    }

    [Fact]
    public async Task RegisterAsync_SameIdAgain_ChangesNothing()
    {
        var partner = await ActivePartnerAsync("north");
        var first = (await Deals.RegisterAsync(Registration(partner, "d1"), Importer)).Value;
        var before = await CountsAsync();
        Assert.Equal(first, (await Deals.RegisterAsync(Registration(partner, "d1"), Importer)).Value);
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task RegisterAsync_BadInput_NamesEveryFieldAndChangesNothing()
    {
        var partner = await ActivePartnerAsync("north");
        var before = await CountsAsync();
        var bad = Registration(partner) with
        {
            Products = [],
            Amount = new Money(-1m, "EUR"),
            Customer = new CustomerDetails { LegalName = " ", Domain = "not a domain", Country = "Germany" },
        };
        var result = await Deals.RegisterAsync(bad, System);
        Assert.Equal(["amount", "customer.country", "customer.domain", "customer.legalName", "products"], result.Refusals.Select(refusal => refusal.Field).Order());
        Assert.Equal("customer", (await Deals.RegisterAsync(Registration(partner) with { Customer = null }, System)).Refusal!.Field);
        Assert.Equal("partner.not-found", (await Deals.RegisterAsync(Registration(new PartnerId("nobody")), System)).Refusal!.Code);
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task RegisterAsync_ForAnotherPartner_IsNotFound()
    {
        var north = await ActivePartnerAsync("north");
        var south = await ActivePartnerAsync("south");
        Assert.Equal("partner.not-found", (await Deals.RegisterAsync(Registration(north), Actor.OfPartner("u2", "Sam", south))).Refusal!.Code);
    }

    [Fact]
    public async Task RegisterAsync_PartnerNotActive_IsRefused()
    {
        var partner = (await Partners.ApplyAsync(Application("New One", "new"), Importer)).Value.PartnerId;
        Assert.Equal("partner.not-active", (await Deals.RegisterAsync(Registration(partner), System)).Refusal!.Code);
    }

    [Fact]
    public async Task RevokeAsync_ProtectedDeal_EndsItWithTheReasonAndTellsItsCase()
    {
        var partner = await ActivePartnerAsync("north");
        var deal = await DealInAsync(DealState.Protected, partner);

        Assert.Equal("actor.forbidden", (await Deals.RevokeAsync(deal, "No.", Actor.OfPartner("u1", "Nora", partner))).Refusal!.Code);
        Assert.Equal("deal.reason-missing", (await Deals.RevokeAsync(deal, " ", Ops)).Refusal!.Code);
        var revoked = (await Deals.RevokeAsync(deal, "The customer chose another partner in writing.", Ops)).Value;

        Assert.Equal((DealState.Revoked, "The customer chose another partner in writing."), (revoked.State, revoked.StateReason));
        Assert.Equal(0, await Storage.ReadAsync((db, token) => db.Set<DealKey>().CountAsync(token)));
        var told = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().SingleAsync(row => row.Kind == OutboxKind.SignalWorkflow, token));
        Assert.Contains("\"revoked\"", told.PayloadJson, StringComparison.Ordinal);
        Assert.Equal("deal.wrong-state", (await Deals.RevokeAsync(deal, "Again.", Ops)).Refusal!.Code);
    }

    [Fact]
    public async Task ResubmitAsync_RejectedDeal_IsCheckedByANewCaseAsIfItWereNew()
    {
        var partner = await ActivePartnerAsync("north");
        var actor = Actor.OfPartner("u1", "Nora", partner);
        var deal = await DealInAsync(DealState.Rejected, partner);
        var before = await DealAsync(deal);
        Clock.Advance(TimeSpan.FromDays(3));

        var again = (await Deals.ResubmitAsync(deal, "The offer of 2026-01-04 is attached.", actor)).Value;

        var after = await DealAsync(deal);
        Assert.NotEqual(before.CaseId, again.CaseId);
        Assert.Equal((DealState.Submitted, again.CaseId, Clock.GetUtcNow()), (after.State, after.CaseId!.Value, after.SubmittedAt));
        Assert.Equal("The offer of 2026-01-04 is attached.", after.Evidence[^1]);
        Assert.NotEqual(0, await Storage.ReadAsync((db, token) => db.Set<DealKey>().CountAsync(token)));
        Assert.Equal("deal-registration", (await Storage.ReadAsync((db, token) => db.Set<CaseRecord>().SingleAsync(row => row.Id == again.CaseId, token))).Kind);
        Assert.Equal("deal.wrong-state", (await Deals.ResubmitAsync(deal, null, actor)).Refusal!.Code);
        Assert.Equal("deal.not-found", (await Deals.ResubmitAsync(deal, null, Actor.OfPartner("u2", "Sam", await ActivePartnerAsync("south")))).Refusal!.Code);
    }

    [Fact]
    public async Task CloseAsync_Won_KeepsTheAmountAndFreesTheCustomer()
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        Assert.NotEqual(0, await Storage.ReadAsync((db, token) => db.Set<DealKey>().CountAsync(token)));
        var close = new DealClose(DealResult.Won, new DateOnly(2026, 1, 5), new Money(1234.56m, "EUR"));
        var closed = (await Deals.CloseAsync(deal, close, System)).Value;
        Assert.Equal((DealState.Won, new Money(1234.56m, "EUR")), (closed.State, closed.WonAmount!.Value));
        Assert.Equal(0, await Storage.ReadAsync((db, token) => db.Set<DealKey>().CountAsync(token)));

        var before = await CountsAsync();
        Assert.True((await Deals.CloseAsync(deal, close, System)).IsSuccess);
        Assert.Equal(before, await CountsAsync());
        Assert.Equal("deal.wrong-state", (await Deals.CloseAsync(deal, close with { Amount = new Money(1m, "EUR") }, System)).Refusal!.Code);
    }

    [Theory]
    [InlineData(null, "EUR", "deal.amount-missing")]
    [InlineData(-1.0, "EUR", "deal.amount-invalid")]
    [InlineData(1.001, "EUR", "deal.amount-invalid")]
    [InlineData(1.0, "USD", "deal.currency-differs")]
    public async Task CloseAsync_BadAmount_IsRefused(double? amount, string currency, string code)
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        var close = new DealClose(DealResult.Won, new DateOnly(2026, 1, 5), amount is null ? null : new Money((decimal)amount, currency));
        Assert.Equal(code, (await Deals.CloseAsync(deal, close, System)).Refusal!.Code);
        Assert.Equal(DealState.Protected, (await DealAsync(deal)).State);
    }

    [Theory]
    [InlineData(-2, "deal.closed-before-registered")]
    [InlineData(2, "deal.closed-in-future")]
    public async Task CloseAsync_DayThatCannotBe_IsRefused(int daysAfterRegistration, string code)
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        var day = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(daysAfterRegistration);
        var refused = await Deals.CloseAsync(deal, new DealClose(DealResult.Won, day, new Money(1m, "EUR")), System);
        Assert.Equal((code, "closedOn"), (refused.Refusal!.Code, refused.Refusal.Field));
    }

    [Fact]
    public async Task WithdrawAsync_OfAnotherPartner_IsNotFound()
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        var south = Actor.OfPartner("u2", "Sam", await ActivePartnerAsync("south"));
        Assert.Equal("deal.not-found", (await Deals.WithdrawAsync(deal, "Mine!", south)).Refusal!.Code);
        Assert.Null(await Deals.GetAsync(deal, south));
    }

    [Fact]
    public async Task RequestExtensionAsync_RaisesTheEventForTheCase()
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        Assert.Equal(ExtensionState.Requested, (await Deals.RequestExtensionAsync(deal, 60, "The customer decides in May.", System)).Value.Extension);
        var messages = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().Where(row => row.Kind == OutboxKind.SignalWorkflow).ToListAsync(token));
        Assert.Contains("\"extensionRequested\"", Assert.Single(messages).PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpireAsync_OverdueDeal_Expires()
    {
        var deal = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"));
        Assert.Equal("deal.still-protected", (await Deals.ExpireAsync(deal, System)).Refusal!.Code);
        Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal([deal], await Deals.OverdueAsync(10));
        Assert.Equal(DealState.Expired, (await Deals.ExpireAsync(deal, System)).Value.State);
        Assert.Empty(await Deals.OverdueAsync(10));
    }

    [Fact]
    public async Task HistoryAsync_HasEveryEdgeWithAReason()
    {
        var deal = await DealInAsync(DealState.InfoRequested, await ActivePartnerAsync("north"));
        await Deals.SupplyInfoAsync(deal, "The budget is approved.", System);
        var history = await Deals.HistoryAsync(deal, System);
        Assert.Equal([DealState.Submitted, DealState.Checking, DealState.UnderReview, DealState.InfoRequested, DealState.UnderReview], history.Select(entry => entry.To));
        Assert.All(history, entry => Assert.NotEmpty(entry.ReasonText));
        Assert.Contains("The budget is approved.", (await DealAsync(deal)).Evidence);
    }

    [Fact]
    public async Task FindAsync_Pages_GoThroughAllOnce()
    {
        var partner = await ActivePartnerAsync("north");
        for (var i = 0; i < 7; i++)
        {
            await Deals.RegisterAsync(Registration(partner, $"d{i}", $"Customer {i}"), System);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await Deals.FindAsync(new DealQuery(partner), new PageRequest(cursor, 3), System);
            seen.AddRange(page.Items.Select(item => item.Id.Value));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"d{i}"), seen);
    }

    private Task<(int, int, int, int)> CountsAsync() => Storage.ReadAsync(async (db, token) => (
        await db.Set<Deal>().CountAsync(token), await db.Set<OutboxMessage>().CountAsync(token), await db.Set<AuditEntry>().CountAsync(token), await db.Set<CaseRecord>().CountAsync(token)));
}
