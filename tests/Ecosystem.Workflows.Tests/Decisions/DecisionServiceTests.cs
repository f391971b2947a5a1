using Ecosystem.Workflows.Decisions;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Decisions;

public sealed class DecisionServiceTests : LifecycleTest
{
    private static readonly Dictionary<string, object?> Routing = new(StringComparer.Ordinal)
    {
        ["amount"] = 4999.99m, ["partnerTier"] = "registered", ["partnerStatus"] = "active", ["formComplete"] = true,
        ["activeCustomer"] = false, ["registeredByOther"] = false, ["conflict"] = "none",
    };

    private static readonly Dictionary<string, object?> Tiering = new(StringComparer.Ordinal)
    {
        ["asOf"] = new DateOnly(2026, 1, 5), ["currentTier"] = "gold", ["review"] = true, ["belowSince"] = new DateOnly(2025, 12, 1), ["netCustomerAdds"] = 1, ["intermediateCertifications"] = 1,
        ["advancedCertifications"] = 0, ["usageGrowth"] = 2.5m, ["deployments"] = 1,
    };

    private DecisionService Decisions => Get<DecisionService>();

    [Fact]
    public async Task Replay_StoredDecisions_AreTheSame()
    {
        var id = (await DecideAsync("deal-approval-routing", Routing)).Id;
        await DecideAsync("partner-tiering", Tiering);
        Assert.True((await Decisions.ReplayAsync(id, Ops))!.Same);
        Assert.Equal((2, 0), ((await Decisions.ReplayAllAsync()).Decisions, (await Decisions.ReplayAllAsync()).DifferentCount));
    }

    [Fact]
    public async Task Replay_TamperedDecision_NamesTheOutput()
    {
        var id = (await DecideAsync("deal-approval-routing", Routing)).Id;
        await Storage.WriteAsync((db, token) => db.Set<DecisionRecord>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.OutputsJson, row => row.OutputsJson.Replace("\"protectionDays\":90", "\"protectionDays\":900")), token));
        var difference = Assert.Single((await Decisions.ReplayAsync(id, Ops))!.Differences);
        Assert.Equal(("protectionDays", "900", "90"), (difference.Output, difference.Then, difference.Now));
        Assert.Equal(1, (await Decisions.ReplayAllAsync()).DifferentCount);
    }

    [Fact]
    public async Task Get_Decision_HasInputsRowsAndReasons()
    {
        var decision = await DecideAsync("deal-approval-routing", Routing);
        Assert.Equal("auto-approve", decision.Text("route"));
        var view = (await Decisions.GetAsync(decision.Id, Ops))!;
        Assert.Equal(4999.99m, view.Inputs.GetProperty("amount").GetDecimal());
        Assert.NotEqual(0, view.Trace.GetProperty("hits").GetArrayLength());
        Assert.Contains("4999.99", decision.Reason, StringComparison.Ordinal);
        Assert.Null(await Decisions.GetAsync(decision.Id, Actor.OfPartner("u", "U", new PartnerId("north"))));
    }

    [Fact]
    public async Task Decide_MissingInput_ThrowsAndStoresNothing()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => DecideAsync("deal-approval-routing", new Dictionary<string, object?>(StringComparer.Ordinal)));
        Assert.Contains("amount", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Decisions.ReplayAllAsync()).Decisions);
    }

    private Task<Decision> DecideAsync(string ruleset, Dictionary<string, object?> inputs) =>
        Decisions.EvaluateAsync(ruleset, new DateOnly(2026, 1, 5), inputs, new Subject("deal", "d1"), System);
}
