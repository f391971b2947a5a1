using System.Text.Json.Nodes;
using Ecosystem.Workflows.Deals;

namespace Ecosystem.Workflows.Tests.Deals;

public sealed class DealStepsTests : LifecycleTest
{
    [Theory]
    [InlineData("named", "direct", true, false)]
    [InlineData("contract", "direct", true, false)]
    [InlineData("opportunity", "direct", false, true)]
    [InlineData("named", "south", false, false)]
    public async Task RegisterDeal_CustomerOfTheVendorsOwnTeam_IsToldToTheRouting(string kind, string holder, bool activeCustomer, bool discussion)
    {
        await ActivePartnerAsync("south");
        var (partner, deal) = await RegisteredAsync("north", "d1");
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        await ClaimAsync(kind, holder, lastContact: today.AddMonths(-5).AddDays(-1));
        var inputs = (await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, [])).Output["routingInputs"]!;
        Assert.Equal((activeCustomer, discussion), ((bool)inputs["activeCustomer"]!, (bool)inputs["discussionUnderWay"]!));
        Assert.Equal(holder == "direct" ? 5 : null, (int?)inputs["monthsSinceVendorContact"]);
    }

    [Fact]
    public async Task Steps_UncontestedDeal_GoToWonWithACredit()
    {
        var (partner, deal) = await RegisteredAsync("north", "d1");
        var check = await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, []);
        Assert.Equal(("Done", "checking"), (check.Outcome, (string?)check.Output["state"]));
        Assert.Equal(true, (bool?)check.Output["routingInputs"]!["formComplete"]);
        Assert.Equal("None", (await RunStepAsync("Ecosystem.DetectConflict", deal, partner, [])).Outcome);
        Assert.Equal("Done", (await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, new JsonObject { ["action"] = "review" })).Outcome);
        Assert.Equal("Done", (await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, new JsonObject { ["action"] = "requestInfo", ["reason"] = "Which products?" })).Outcome);
        Assert.Equal("NotPossible", (await RunStepAsync("Ecosystem.ProtectDeal", deal, partner, [])).Outcome);
        Assert.Equal("Done", (await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, new JsonObject { ["action"] = "infoSupplied" })).Outcome);
        var protect = await RunStepAsync("Ecosystem.ProtectDeal", deal, partner, new JsonObject { ["days"] = 90 });
        Assert.Equal(("Protected", 4), (protect.Outcome, protect.Output["warnings"]!.AsArray().Count));
        await Deals.RequestExtensionAsync(deal, 30, "More time.", System);
        Assert.Equal("Extended", (await RunStepAsync("Ecosystem.ExtendProtection", deal, partner, [])).Outcome);
        Assert.Equal("StillProtected", (await RunStepAsync("Ecosystem.ExpireDeal", deal, partner, [])).Outcome);
        Assert.Equal("Done", (await RunStepAsync("Ecosystem.RecordTouchpoint", deal, partner, new JsonObject { ["role"] = "sourced" })).Outcome);
        var close = await RunStepAsync("Ecosystem.CloseDeal", deal, partner, new JsonObject { ["result"] = "won", ["amount"] = 1234.5 });
        Assert.Equal("Won", close.Outcome);
        Assert.Equal(1234.5m, (decimal?)Assert.Single(close.Output["credits"]!.AsArray())!["amount"]);
        Assert.Equal("Won", (await RunStepAsync("Ecosystem.CloseDeal", deal, partner, [])).Outcome);
    }

    [Fact]
    public async Task Steps_ContestedDeal_AreSplitByRuling()
    {
        await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"), "d1");
        Clock.Advance(TimeSpan.FromDays(1));
        var (partner, deal) = await RegisteredAsync("south", "d2");
        await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, []);
        var detect = await RunStepAsync("Ecosystem.DetectConflict", deal, partner, []);
        Assert.Equal("Hard", detect.Outcome);
        var open = await RunStepAsync("Ecosystem.OpenConflict", deal, partner, new JsonObject { ["decisionId"] = (string?)detect.Output["decisionId"] });
        var conflict = new ConflictId((string)open.Output["conflictId"]!);
        Assert.NotNull((string?)open.Output["caseId"]);
        var propose = await RunStepAsync("Ecosystem.ProposeSplit", conflict, partner, []);
        Assert.Equal("Proposed", propose.Outcome);
        Assert.Equal("Refused", (await RunStepAsync("Ecosystem.ApplySplit", conflict, partner, new JsonObject { ["proposal"] = "coin-toss" })).Outcome);
        var apply = await RunStepAsync("Ecosystem.ApplySplit", conflict, partner, new JsonObject { ["proposal"] = (string?)propose.Output["recommended"] });
        Assert.Equal("Done", apply.Outcome);
        Assert.Equal(100m, apply.Output["shares"]!.AsArray().Sum(share => (decimal)share!["share"]!));
        Assert.Equal("Protected", (await RunStepAsync("Ecosystem.ProtectDeal", deal, partner, [])).Outcome);
    }

    [Fact]
    public async Task Steps_DealThatIsNotThere_AreRefusedByName()
    {
        var (partner, deal) = await RegisteredAsync("north", "d1");
        var error = await Assert.ThrowsAsync<Ecosystem.Workflows.Definitions.StepInputException>(() => RunStepAsync("Ecosystem.ProtectDeal", deal, partner, new JsonObject { ["dealId"] = "none" }));
        Assert.Contains("dealId", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Ecosystem.Workflows.Definitions.StepInputException>(() => RunStepAsync("Ecosystem.RegisterDeal", deal, partner, new JsonObject { ["action"] = "dance" }));
        Assert.Equal("Rejected", (await RunStepAsync("Ecosystem.RegisterDeal", deal, partner, [])).Outcome == "Done"
            ? (await RunStepAsync("Ecosystem.RejectDeal", deal, partner, new JsonObject { ["reason"] = "No.", ["code"] = "form-incomplete" })).Outcome
            : "");
    }

    private async Task<(PartnerId Partner, DealId Deal)> RegisteredAsync(string partner, string deal)
    {
        var id = await ActivePartnerAsync(partner);
        return (id, (await Deals.RegisterAsync(Registration(id, deal), System)).Value.DealId);
    }
}
