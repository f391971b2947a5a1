using System.Text.Json.Nodes;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Runs the shipped definitions with the real steps, rulesets and worker, and replays what they did.</summary>
public class ShippedProcessTests : CaseTest
{
    private static readonly Actor Importer = Actor.Staff("import", "Import", ActorSource.Import, "ops");
    private static readonly Actor Everybody = Actor.Staff("u-max", "Max Manager", ActorSource.Web, "approver", "ops", "finance", "compliance", "channel-manager", "vp", "legal");
    private static readonly Actor Another = Actor.Staff("u-mia", "Mia Manager", ActorSource.Web, "approver", "ops", "finance", "compliance", "channel-manager", "vp", "legal");

    protected override async Task StartedAsync()
    {
        await base.StartedAsync();
        await Get<DefinitionService>().SeedAsync(ShippedDefinitionsTests.Folder);
    }

    [Fact]
    public async Task PartnerOnboarding_EveryStep_ActivatesThePartner()
    {
        Assert.SkipWhen(StepCatalog.Shipped.Find("Ecosystem.RecordPayee") is null, "This build has no step that records payees.");
        var (partner, caseId) = await ApplyAsync("Onboard GmbH");

        await AnswerAllAsync(caseId);

        var record = await CaseAsync(caseId);
        Assert.True(record.Status is CaseStatus.Running, await StoryAsync(caseId));
        Assert.Equal("Ramping up", record.Stage);
        Assert.Equal(PartnerStatus.Active, await StatusAsync(partner));
        await ReplayAsync(caseId, "partner-onboarding");
    }

    [Fact]
    public async Task DealRegistration_ApprovedAndWon_Accrues()
    {
        var partner = await ActivePartnerAsync("Winner GmbH");
        var (_, caseId) = await RegisterAsync(partner, "Acme GmbH", 900m);
        await AnswerAllAsync(caseId);
        var record = await CaseAsync(caseId);
        Assert.True(record.Stage == "Protected", await StoryAsync(caseId));

        var deal = (await Get<DealService>().FindAsync(new DealQuery(), new PageRequest(), Everybody)).Items.Single();
        var closed = await Get<DealService>().CloseAsync(deal.Id, new DealClose(DealResult.Won, DateOnly.FromDateTime(Now.UtcDateTime), new Money(900m, "EUR")), Everybody);
        Assert.True(closed.IsSuccess, closed.Refusal?.Message);
        await DeliverAsync();

        record = await CaseAsync(caseId);
        Assert.True(record.Status == CaseStatus.Completed, await StoryAsync(caseId));
        Assert.Equal("Won", record.Stage);
        await ReplayAsync(caseId, "deal-registration");
    }

    [Fact]
    public async Task PartnerOnboarding_ComplianceHasToLook_NobodyElseMayClearIt()
    {
        Assert.True((await Get<OnboardingService>().ReplaceListAsync(WatchlistKind.Sanctions, "2026-01", ["Zarubezh Handels AG"], Importer)).IsSuccess);
        var (partner, caseId) = await ApplyAsync("Zarubezh Trade GmbH", PartnerType.Distributor);

        // The company is unknown, resembles an entry of the list, and wants a distributor's terms: three people look, one after another.
        Assert.True((await CompleteAsync(await OnlyTaskAsync(caseId), "Approve", Approver)).IsSuccess);
        var diligence = await OnlyTaskAsync(caseId);
        Assert.Equal("due-diligence", diligence.Type);
        Assert.Equal("actor.forbidden", (await CompleteAsync(diligence, "Clear", Approver, new JsonObject { ["reason"] = "Fine." })).Refusal?.Code);
        Assert.True((await CompleteAsync(diligence, "Clear", Another, new JsonObject { ["reason"] = "Another company: other owners, other address." })).IsSuccess);
        var terms = await OnlyTaskAsync(caseId);
        Assert.Equal("commercial-approval", terms.Type);
        Assert.True((await CompleteAsync(terms, "Reject", Everybody, new JsonObject { ["reason"] = "No second distributor." })).IsSuccess);

        Assert.Equal(PartnerStatus.Rejected, await StatusAsync(partner));
        Assert.True((await CaseAsync(caseId)).Stage == "Rejected", await StoryAsync(caseId));
    }

    [Fact]
    public async Task DealRegistration_ProtectionTakenBack_EndsTheCase()
    {
        var partner = await ActivePartnerAsync("Winner GmbH");
        var (deal, caseId) = await RegisterAsync(partner, "Acme GmbH", 900m);
        await AnswerAllAsync(caseId);

        Assert.True((await Get<DealService>().RevokeAsync(deal, "The customer chose another partner in writing.", Everybody)).IsSuccess);
        await DeliverAsync();

        var record = await CaseAsync(caseId);
        Assert.True(record is { Status: CaseStatus.Completed, Stage: "Revoked" }, await StoryAsync(caseId));
        await ReplayAsync(caseId);
    }

    [Fact]
    public async Task DealRegistration_RejectedAndSubmittedAgain_IsProtectedByASecondCase()
    {
        var partner = await ActivePartnerAsync("Patient GmbH");
        var (deal, caseId) = await RegisterAsync(partner, "Acme GmbH", 7000m);
        var rejected = await CompleteAsync(await OnlyTaskAsync(caseId), "Reject", Everybody, new JsonObject { ["reason"] = "Who is the contact?" });
        Assert.True(rejected.IsSuccess, rejected.Refusal?.Message);
        Assert.True((await CaseAsync(caseId)).Stage == "Rejected", await StoryAsync(caseId));

        var again = await Get<DealService>().ResubmitAsync(deal, "Our contact is the head of purchasing.", Importer);
        Assert.True(again.IsSuccess, again.Refusal?.Message);
        await DeliverAsync();
        await AnswerAllAsync(again.Value.CaseId);

        Assert.True((await CaseAsync(again.Value.CaseId)).Stage == "Protected", await StoryAsync(again.Value.CaseId));
    }

    [Fact]
    public async Task DealRegistration_NothingHappens_Expires()
    {
        var partner = await ActivePartnerAsync("Sleeper GmbH");
        var (_, caseId) = await RegisterAsync(partner, "Acme GmbH", 900m);
        await AnswerAllAsync(caseId);

        await AdvanceAsync(TimeSpan.FromDays(91));
        await UntilAsync(async () => (await CaseAsync(caseId)).Status != CaseStatus.Running);

        Assert.True((await CaseAsync(caseId)).Stage == "Expired", await StoryAsync(caseId));
    }

    [Fact]
    public async Task ConflictResolution_SecondPartnerCollides_IsRuledAndBothGoOn()
    {
        var one = await ActivePartnerAsync("First GmbH");
        var two = await ActivePartnerAsync("Second GmbH");
        var (_, first) = await RegisterAsync(one, "Acme GmbH", 900m);
        await AnswerAllAsync(first);

        // Who was first decides; ids would, at the same instant.
        await AdvanceAsync(TimeSpan.FromHours(1));
        var (_, second) = await RegisterAsync(two, "Acme GmbH", 900m, evidence: []);
        await AnswerAllAsync(second);
        var conflicts = (await Cases.FindAsync(new CaseQuery("conflict-resolution"), new PageRequest(), Everybody)).Items;
        Assert.True(conflicts.Count == 1, await StoryAsync(second));
        var conflict = conflicts[0];

        await AnswerAllAsync(conflict.Id);
        await DeliverAsync();
        await AnswerAllAsync(second);

        Assert.True((await CaseAsync(conflict.Id)).Status == CaseStatus.Completed, await StoryAsync(conflict.Id));
        var ruled = (await Tasks.FindAsync(new TaskQuery(CaseId: conflict.Id, All: true), new PageRequest(), Everybody)).Items.Single(task => task.Type == "conflict-ruling");
        var evidence = (await Tasks.GetAsync(ruled.Id, Everybody))!.Context!["evidence"]!.AsArray();
        Assert.Equal(["First GmbH: Met the customer. ", "Second GmbH: nothing Text"], evidence.Select(item => $"{item!["partner"]}: {item["onFile"]} {item["evidence"]}").Order(StringComparer.Ordinal));
        Assert.True((await CaseAsync(second)).Stage is "Protected" or "Rejected", await StoryAsync(second));
        await ReplayAsync(conflict.Id, "conflict-resolution");
    }

    [Fact]
    public async Task ReEnablement_NobodyHelps_EndsWithADecision()
    {
        var partner = await ActivePartnerAsync("Quiet GmbH");
        var caseId = await Storage.WriteAsync((db, token) => Get<CaseLauncher>().AddAsync(db, "re-enablement", partner, partner, cancellationToken: token));
        await DeliverAsync();
        for (var day = 0; day < 130 && (await CaseAsync(caseId)).Status == CaseStatus.Running; day += 5)
        {
            await AnswerAllAsync(caseId);
            await AdvanceAsync(TimeSpan.FromDays(5));
        }

        await UntilAsync(async () => (await CaseAsync(caseId)).Status != CaseStatus.Running);
        Assert.True((await CaseAsync(caseId)).Status == CaseStatus.Completed, await StoryAsync(caseId));
        await ReplayAsync(caseId, "re-enablement");
    }

    [Fact]
    public async Task IncentivePayout_NothingToPay_EndsWithTheRun()
    {
        var caseId = await StartAsync("incentive-payout", new { period = "2026-01", currency = "EUR" }, new Subject("payout", "2026-01"));
        await UntilAsync(async () =>
        {
            await DeliverAsync();
            return (await CaseAsync(caseId)).Status != CaseStatus.Running;
        });

        Assert.True((await CaseAsync(caseId)).Status == CaseStatus.Completed, await StoryAsync(caseId));
        await ReplayAsync(caseId, "incentive-payout");
    }

    [Fact]
    public async Task PartnerRescreening_NowOnTheList_IsPausedByComplianceAndNotAskedTwice()
    {
        var (partner, onboarding) = await ApplyAsync("Zarubezh Handel GmbH");
        await AnswerAllAsync(onboarding);
        Assert.Equal(PartnerStatus.Active, await StatusAsync(partner));
        Assert.True((await Get<OnboardingService>().ReplaceListAsync(WatchlistKind.Sanctions, "2026-02", ["Zarubezh Handels AG"], Importer)).IsSuccess);
        Assert.Equal(0, await Get<Rescreenings>().RunAsync());
        await AdvanceAsync(TimeSpan.FromDays(366));

        Assert.Equal(1, await Get<Rescreenings>().RunAsync());
        Assert.Equal(0, await Get<Rescreenings>().RunAsync());
        await DeliverAsync();
        var rescreening = Assert.Single((await Cases.FindAsync(new CaseQuery(Rescreenings.Definition), new PageRequest(), Everybody)).Items);
        var task = await OnlyTaskAsync(rescreening.Id);
        Assert.Contains("sanctions list", (await Tasks.GetAsync(task.Id, Everybody))!.Description, StringComparison.Ordinal);
        Assert.Equal("actor.forbidden", (await CompleteAsync(task, "Keep", Approver, new JsonObject { ["reason"] = "Known." })).Refusal?.Code);
        var paused = await CompleteAsync(task, "Pause", Everybody, new JsonObject { ["reason"] = "The owner is on the list." });

        Assert.True(paused.IsSuccess, paused.Refusal?.Message);
        await UntilAsync(async () => (await CaseAsync(rescreening.Id)).Status != CaseStatus.Running);
        Assert.True((await CaseAsync(rescreening.Id)).Stage == "Paused", await StoryAsync(rescreening.Id));
        Assert.Equal(PartnerStatus.Paused, await StatusAsync(partner));
        await ReplayAsync(rescreening.Id, Rescreenings.Definition);
    }

    private async Task<(PartnerId Partner, CaseId Case)> ApplyAsync(string name, PartnerType type = PartnerType.Reseller)
    {
        var applied = await Get<PartnerService>().ApplyAsync(
            new PartnerApplication
            {
                LegalName = name,
                Type = type,
                Country = "DE",
                City = "Berlin",
                Region = "Central",
                Contact = new ContactDetails { Name = "Ann Example", Email = "ann@partner.example.com" },
            },
            Importer);
        Assert.True(applied.IsSuccess, applied.Refusal?.Message);
        await DeliverAsync();
        return (applied.Value.PartnerId, applied.Value.CaseId);
    }

    private async Task<PartnerId> ActivePartnerAsync(string name)
    {
        var (partner, _) = await ApplyAsync(name);
        await Storage.WriteAsync((db, token) => db.Set<Partner>().Where(row => row.Id == partner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, PartnerStatus.Active).SetProperty(row => row.ActivatedAt, Now), token));
        return partner;
    }

    private async Task<(DealId Deal, CaseId Case)> RegisterAsync(PartnerId partner, string customer, decimal amount, string[]? evidence = null)
    {
        var registered = await Get<DealService>().RegisterAsync(
            new DealRegistration
            {
                PartnerId = partner,
                Customer = new CustomerDetails { LegalName = customer, Domain = "www.acme.com", Country = "DE", AccountKey = customer },
                Products = ["GTX Pro"],
                Amount = new Money(amount, "EUR"),
                ExpectedClose = new DateOnly(2026, 4, 1),
                Evidence = evidence ?? ["Met the customer."],
            },
            Importer);
        Assert.True(registered.IsSuccess, registered.Refusal?.Message);
        await DeliverAsync();
        return (registered.Value.DealId, registered.Value.CaseId);
    }

    // Answers every open task of a case the approving way, by somebody who may.
    private async Task AnswerAllAsync(CaseId caseId)
    {
        for (var turn = 0; turn < 30; turn++)
        {
            await DeliverAsync();
            var open = (await Tasks.FindAsync(new TaskQuery(CaseId: caseId), new PageRequest(), Everybody)).Items;
            if (open.Count == 0)
            {
                return;
            }

            var task = open[0];
            var outcome = task.Outcomes.FirstOrDefault(name => name is "Approve" or "Accept the recommendation" or "Verified" or "Sign" or "Same deal" or "Passed" or "Keep") ?? task.Outcomes[0];
            var actor = task.PartnerId is { } partner ? Actor.OfPartner("p-ann", "Ann Example", partner) : turn % 2 == 0 ? Everybody : Another;
            var result = await CompleteAsync(task, outcome, actor, Fill(task.Form as JsonObject));
            if (!result.IsSuccess)
            {
                result = await CompleteAsync(task, outcome, actor == Everybody ? Another : Everybody, Fill(task.Form as JsonObject));
            }

            Assert.True(result.IsSuccess, $"{task.Title}: {result.Refusal?.Code} {result.Refusal?.Message} {result.Refusal?.Field}");
        }
    }

    private static JsonObject Fill(JsonObject? form)
    {
        var data = new JsonObject();
        foreach (var pair in form?["properties"] as JsonObject ?? [])
        {
            var rule = (JsonObject)pair.Value!;
            data[pair.Key] = pair.Key switch
            {
                "iban" => "DE89370400440532013000",
                "bic" => "COBADEFFXXX",
                "country" => "DE",
                _ when (string?)rule["format"] == "date" => "2026-01-05",
                _ when rule["oneOf"] is JsonArray { Count: > 0 } named => named[0]!["const"]!.DeepClone(),
                _ when rule["enum"] is JsonArray { Count: > 0 } choices => choices[0]!.DeepClone(),
                _ => (string?)rule["type"] switch
                {
                    "boolean" => true,
                    "number" or "integer" => 1,
                    _ => "Text",
                },
            };
        }

        return data;
    }

    private async Task<PartnerStatus> StatusAsync(PartnerId id) => await Storage.ReadAsync((db, token) => db.Set<Partner>().Where(row => row.Id == id).Select(row => row.Status).FirstAsync(token));

    private async Task<string> StoryAsync(CaseId id)
    {
        var record = await CaseAsync(id);
        var entries = await Cases.HistoryAsync(id);
        return $"{record.Kind} {record.Status} {record.Stage} waits for {record.WaitingForWho}: {record.WaitingForWhat}\n" + string.Join("\n", entries.Select(entry => $"{entry.StepId} {entry.Status} {entry.Outcome} {entry.NoteText}"));
    }

    // Replays the history, and keeps it with its definition beside the tests when asked to and the version has none yet, for the replays of later versions.
    private async Task ReplayAsync(CaseId id, string definition)
    {
        var history = await ReplayAsync(id);
        if (GetType() == typeof(ShippedProcessTests) && Environment.GetEnvironmentVariable("ECOSYSTEM_RECORD") == "1")
        {
            var shipped = Path.Combine(ShippedDefinitionsTests.Folder, definition + ".json");
            var name = Path.Combine(RecordedHistoryTests.Folder, $"{definition}-v{DefinitionDocument.Parse(await File.ReadAllTextAsync(shipped)).Version}");
            if (!File.Exists(name + ".definition.json"))
            {
                await File.WriteAllTextAsync(name + ".history.json", history.ToJson());
                File.Copy(shipped, name + ".definition.json");
            }
        }
    }
}
