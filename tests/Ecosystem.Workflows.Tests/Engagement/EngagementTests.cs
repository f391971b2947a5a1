using CsCheck;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Engagement;

namespace Ecosystem.Workflows.Tests.Engagement;

public sealed class EngagementTests : LifecycleTest
{
    [Fact]
    public async Task Decide_TwentyTriggersInADay_StayWithinTheBudgetAndLoseNothing()
    {
        List<ContactDecision> decisions = [];
        for (var i = 0; i < 20; i++)
        {
            decisions.Add(await DecideAsync("status"));
        }

        Assert.InRange(decisions.Count(decision => decision.Action == "send"), 1, 2);
        Assert.Equal(20 - decisions.Count(decision => decision.Action == "send"), (await Get<EngagementService>().DigestAsync("person")).Count);
    }

    [Fact]
    public async Task Decide_LegalNotice_BypassesTheBudget()
    {
        for (var i = 0; i < 5; i++)
        {
            await DecideAsync("status");
        }

        var legal = await DecideAsync("legal");
        Assert.Equal(("send", true), (legal.Action, legal.Bypass));
        Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("send", (await DecideAsync("status")).Action);
    }

    [Fact]
    public void Health_AnyDrivers_PointsSumToTheScore() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[-10, 10], Gen.Int[0, 20], Gen.Bool, (weight, target, value, known) => new HealthDriver("d", weight, 20m, target, known ? value : null))
            .Array[1, 6].Sample(drivers =>
            {
                var health = HealthScore.Of(drivers);
                return health.Score is not { } score
                    ? health.Coverage < 0.5m
                    : score is >= 0m and <= 100m && health.Drivers.Sum(driver => driver.Points) == score && health.Drivers.Sum(driver => driver.MaxPoints) == 100m;
            });

    [Fact]
    public void Health_MissingDriver_IsNotZero()
    {
        HealthDriver full = new("a", 60, 0, 10, 10), none = new("b", 40, 0, 10, null);
        Assert.Equal((100m, "green", 0.6m), (HealthScore.Of([full, none]).Score!.Value, HealthScore.Of([full, none]).Band, HealthScore.Of([full, none]).Coverage));
        Assert.Null(HealthScore.Of([full with { Weight = 40 }, none with { Weight = 60 }]).Score);
        Assert.Equal(60m, HealthScore.Of([full, none with { Value = 0 }]).Score);
    }

    [Fact]
    public async Task Health_Silence_TurnsTheBandAndStartsReEnablement()
    {
        var partner = await ActivePartnerAsync("north");
        for (var i = 0; i < 6; i++)
        {
            var deal = await DealInAsync(DealState.Protected, partner, $"d{i}", $"Customer {i}");
            await Deals.CloseAsync(deal, new DealClose(DealResult.Won, new DateOnly(2026, 1, 5), new Money(1000m, "EUR")), System);
        }

        var fresh = (await Get<HealthService>().EvaluateAsync(partner, System)).Value;
        Clock.Advance(TimeSpan.FromDays(100));
        var silent = (await Get<HealthService>().EvaluateAsync(partner, System)).Value;
        Assert.True(silent.Health.Score < fresh.Health.Score);
        Assert.False(fresh.Start);
        Assert.True(silent.Start);
        var history = await Get<HealthService>().HistoryAsync(partner, Ops);
        Assert.Equal([silent.Health.Score, fresh.Health.Score], history.Select(snapshot => snapshot.Score));
    }

    private Task<ContactDecision> DecideAsync(string category) => Storage.WriteAsync((db, token) =>
        Get<EngagementService>().DecideAsync(db, new ContactRequest("person", category, new Subject("deal", "d1")), System, token));
}
