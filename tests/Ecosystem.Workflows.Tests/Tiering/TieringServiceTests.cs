using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Enablement;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Tiering;

namespace Ecosystem.Workflows.Tests.Tiering;

public sealed class TieringServiceTests : LifecycleTest
{
    private TieringService Tiers => Get<TieringService>();

    [Fact]
    public async Task Review_WithoutFacts_KeepsRegisteredAndTellsGaps()
    {
        var partner = await ActivePartnerAsync("north");
        var review = (await Tiers.ReviewAsync(partner, false, System)).Value;
        Assert.Equal((PartnerTier.Registered, "keep"), (review.To, review.Change));
        Assert.NotEqual("[]", review.GapsJson);
        Assert.Equal("partner.not-active", (await Tiers.ReviewAsync((await Partners.ApplyAsync(Application("New", "n"), Importer)).Value.PartnerId, false, System)).Refusal!.Code);
    }

    [Fact]
    public async Task Review_FactsGrowThenVanish_PromotesAtOnceAndDemotesAfterGrace()
    {
        var partner = await ActivePartnerAsync("north");
        await Storage.WriteAsync(async (db, token) =>
        {
            for (var i = 0; i < 12; i++)
            {
                await Get<EnablementService>().GrantAsync(db, partner, $"person{i}", "sales", CertificationLevel.Intermediate, 3, System, token);
                await Get<EnablementService>().GrantAsync(db, partner, $"person{i}", "lead", CertificationLevel.Advanced, 3, System, token);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            var deal = await DealInAsync(DealState.Protected, partner, $"d{i}", $"Customer {i}");
            await Deals.CloseAsync(deal, new DealClose(DealResult.Won, new DateOnly(2026, 1, 5), new Money(1000m, "EUR")), System);
        }

        var facts = await Storage.ReadAsync((db, token) => TieringService.FactsAsync(db, partner, new DateOnly(2026, 1, 5), token));
        Assert.Equal(new TierFacts(20, 12, 12, 0, 20), facts);
        var up = (await Tiers.ReviewAsync(partner, false, System)).Value;
        Assert.Equal("promote", up.Change);
        Assert.NotEqual(PartnerTier.Registered, (await Partners.GetAsync(partner, Ops))!.Tier);

        // A year later nothing of it counts any more.
        Clock.Advance(TimeSpan.FromDays(365));
        var grace = (await Tiers.ReviewAsync(partner, true, System)).Value;
        Assert.Equal(("grace", up.To), (grace.Change, grace.To));
        Clock.Advance(TimeSpan.FromDays(200));
        var down = (await Tiers.ReviewAsync(partner, true, System)).Value;
        Assert.Equal("demote", down.Change);
        Assert.True(down.To < up.To);
        Assert.Equal(up.To, await Tiers.TierOnAsync(partner, new DateOnly(2026, 6, 1)));
        Assert.Equal(PartnerTier.Registered, await Tiers.TierOnAsync(partner, new DateOnly(2025, 1, 1)));
        Assert.Equal(3, (await Tiers.HistoryAsync(partner, Ops)).Count);
    }

    [Fact]
    public async Task Exception_ForATime_HoldsAndEndsByItself()
    {
        var partner = await ActivePartnerAsync("north");
        Assert.Equal("tier.exception-until", (await Tiers.GrantExceptionAsync(partner, PartnerTier.Gold, new DateOnly(2028, 1, 1), "Strategic.", Ops)).Refusal!.Code);
        Assert.True((await Tiers.GrantExceptionAsync(partner, PartnerTier.Gold, new DateOnly(2026, 3, 1), "Strategic.", Ops)).IsSuccess);
        Assert.Equal((PartnerTier.Gold, "exception"), ((await Tiers.ReviewAsync(partner, false, System)).Value.To, (await Tiers.HistoryAsync(partner, Ops))[0].Change));
        Clock.AdvanceTo(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.NotEqual("exception", (await Tiers.ReviewAsync(partner, true, System)).Value.Change);
    }
}
