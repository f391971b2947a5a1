using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;

namespace Ecosystem.Workflows.Tests.Attribution;

public sealed class AttributionServiceTests : LifecycleTest
{
    private TouchpointService Touchpoints => Get<TouchpointService>();

    private AttributionService Attribution => Get<AttributionService>();

    [Fact]
    public async Task Credit_SourcedAgainstClosed_IsThreeToTwoInEveryView()
    {
        var deal = await WonAsync("d1", ("north", TouchRole.Sourced, 0), ("south", TouchRole.Resell, 10));
        var credits = await Attribution.CreditsAsync(deal, System);
        Assert.Equal([("north", 60m, 600m), ("south", 40m, 400m)], credits.Select(credit => (credit.PartnerId.Value, credit.Share, credit.Amount.Amount)));
        var rules = (await Attribution.ExplainAsync(deal, AttributionModel.Rules, System)).Value;
        Assert.Equal(credits[0].DecisionId, rules.DecisionId);
        Assert.Equal(["north", "south"], rules.Shares.Select(share => share.PartnerId.Value));
    }

    [Fact]
    public async Task Credit_WithoutTouchpoints_GoesToTheRegistrant()
    {
        var deal = await WonAsync("d1");
        var credit = Assert.Single(await Attribution.CreditsAsync(deal, System));
        Assert.Equal(("north", CreditRole.Sole, 1000m, "registration"), (credit.PartnerId.Value, credit.Role, credit.Amount.Amount, credit.Basis));
    }

    [Theory]
    [InlineData(AttributionModel.First, "north 100")]
    [InlineData(AttributionModel.Last, "south 100")]
    [InlineData(AttributionModel.Linear, "south 66.67, north 33.33")]
    [InlineData(AttributionModel.U, "south 60, north 40")]
    [InlineData(AttributionModel.Shapley, "north 66.67, south 33.33")]
    [InlineData(AttributionModel.Markov, "north 66.67, south 33.33")]
    public async Task Explain_Models_SumToTheDeal(AttributionModel model, string shares)
    {
        var deal = await WonAsync("d1", ("north", TouchRole.Sourced, 0), ("south", TouchRole.Technical, 5), ("south", TouchRole.Resell, 10));
        // Two more journeys: north alone wins, south alone loses.
        await WonAsync("d2", ("north", TouchRole.Sourced, 0));
        await LostAsync("d3", ("south", TouchRole.Sourced, 0));
        var view = (await Attribution.ExplainAsync(deal, model, System)).Value;
        Assert.Equal(1000m, view.Shares.Sum(share => share.Amount.Amount));
        Assert.Equal(100m, view.Shares.Sum(share => share.Share));
        if (model is not (AttributionModel.Shapley or AttributionModel.Markov))
        {
            Assert.Equal(shares, string.Join(", ", view.Shares.Select(share => FormattableString.Invariant($"{share.PartnerId} {share.Share:0.##}"))));
        }
        else
        {
            Assert.Equal("north", view.Shares[0].PartnerId.Value);
        }
    }

    [Fact]
    public async Task Explain_AsAPartner_ShowsItsOwnShareOnly()
    {
        var deal = await WonAsync("d1", ("north", TouchRole.Sourced, 0), ("south", TouchRole.Resell, 10));
        var view = (await Attribution.ExplainAsync(deal, AttributionModel.Linear, Actor.OfPartner("u", "U", new PartnerId("south")))).Value;
        Assert.Equal("south", Assert.Single(view.Shares).PartnerId.Value);
        Assert.Equal("deal.not-found", (await Attribution.ExplainAsync(deal, AttributionModel.Linear, Actor.OfPartner("u", "U", await ActivePartnerAsync("west")))).Refusal!.Code);
    }

    [Fact]
    public async Task Record_BadTouchpoint_IsRefused()
    {
        var north = await ActivePartnerAsync("north");
        var deal = await DealInAsync(DealState.Protected, north);
        var touch = new TouchpointRegistration { PartnerId = north, Role = TouchRole.Sourced, OccurredOn = new DateOnly(2026, 1, 4), Evidence = "Minutes." };
        Assert.True((await Touchpoints.RecordAsync(deal, touch, Actor.OfPartner("u", "U", north))).IsSuccess);
        Assert.Equal("touchpoint.duplicate", (await Touchpoints.RecordAsync(deal, touch, System)).Refusal!.Code);
        Assert.Equal("touchpoint.in-future", (await Touchpoints.RecordAsync(deal, touch with { OccurredOn = new DateOnly(2026, 2, 1) }, System)).Refusal!.Code);
        Assert.Equal("touchpoint.confidence-range", (await Touchpoints.RecordAsync(deal, touch with { Confidence = 2 }, System)).Refusal!.Code);
        Assert.Equal("touchpoint.confidence-own", (await Touchpoints.RecordAsync(deal, touch with { Confidence = 1 }, Actor.OfPartner("u", "U", north))).Refusal!.Code);
        Assert.Equal("partner.not-found", (await Touchpoints.RecordAsync(deal, touch with { PartnerId = new PartnerId("nobody") }, System)).Refusal!.Code);
        Assert.Equal("deal.not-found", (await Touchpoints.RecordAsync(new DealId("none"), touch, System)).Refusal!.Code);
        Assert.Equal(0.8m, Assert.Single(await Touchpoints.OfDealAsync(deal, System)).Confidence);
    }

    [Fact]
    public async Task Record_LongAfterTheClose_IsRefused()
    {
        var deal = await WonAsync("d1");
        Clock.Advance(TimeSpan.FromDays(31));
        var touch = new TouchpointRegistration { PartnerId = new PartnerId("north"), Role = TouchRole.Influence, OccurredOn = new DateOnly(2026, 1, 4) };
        Assert.Equal("touchpoint.post-hoc", (await Touchpoints.RecordAsync(deal, touch, System)).Refusal!.Code);
    }

    private async Task<DealId> WonAsync(string id, params (string Partner, TouchRole Role, int Day)[] touches)
    {
        var deal = await WithTouchesAsync(id, touches);
        await Deals.CloseAsync(deal, new DealClose(DealResult.Won, DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime), new Money(1000m, "EUR")), System);
        await Storage.WriteAsync(async (db, token) => await Attribution.CreditAsync(db, (await db.Set<Deal>().FindAsync([deal], token))!, System, token));
        return deal;
    }

    private async Task LostAsync(string id, params (string Partner, TouchRole Role, int Day)[] touches) => await Deals.CloseAsync(
        await WithTouchesAsync(id, touches), new DealClose(DealResult.Lost, DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime)), System);

    private async Task<DealId> WithTouchesAsync(string id, (string Partner, TouchRole Role, int Day)[] touches)
    {
        var north = await ActivePartnerAsync("north");
        await ActivePartnerAsync("south");
        var deal = await DealInAsync(DealState.Protected, north, id);
        var start = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        Clock.Advance(TimeSpan.FromDays(12));
        foreach (var (partner, role, day) in touches)
        {
            var touch = new TouchpointRegistration { PartnerId = new PartnerId(partner), Role = role, OccurredOn = start.AddDays(day), Confidence = 1 };
            Assert.True((await Touchpoints.RecordAsync(deal, touch, System)).IsSuccess);
        }

        return deal;
    }
}
