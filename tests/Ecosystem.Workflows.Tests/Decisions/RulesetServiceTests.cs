using System.Text.Json;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Tests.Decisions;

public sealed class RulesetServiceTests : LifecycleTest
{
    private const string Routing = "deal-approval-routing";
    private const string Tiering = "partner-tiering";
    private static readonly Actor Author = Actor.Staff("u-author", "Ada Author", ActorSource.Web, "ops");
    private static readonly Actor Values = Actor.Staff("u-values", "Vera Values", ActorSource.Web, "rule-editor");
    private static readonly Actor Publisher = Actor.Staff("u-publisher", "Paul Publisher", ActorSource.Web, "approver");

    private RulesetService Rulesets => Get<RulesetService>();

    [Fact]
    public async Task List_Shipped_AllInForce()
    {
        var all = await Rulesets.ListAsync();
        Assert.Equal(
            [
                "attribution-split", "conflict-detection", "conflict-split", "deal-approval-routing", "engagement-policy", "incentive-plan", "micro-grant",
                "onboarding-screening", "partner-tiering", "re-enablement-trigger",
            ],
            all.Select(ruleset => ruleset.Name).Order(StringComparer.Ordinal));
        Assert.All(all, ruleset => Assert.Equal(("1.0.0", null), (ruleset.InForce, ruleset.Draft)));
    }

    [Fact]
    public async Task Publish_SecondPerson_DecidesFromItsFirstDayOn()
    {
        var draft = (await Rulesets.BeginDraftAsync(Tiering, "gold gets harder", Author)).Value;
        Assert.Equal(("1.1.0", RulesetVersionState.Draft), (draft.Version, draft.State));
        var first = draft.EffectiveFrom!.Value;
        Assert.True(first > DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime));
        Assert.True((await Rulesets.SetCellAsync(Tiering, "1.1.0", "sections/capability/skilling/advanced/because", "{value} certificates", Author)).TryGet(out _));
        Assert.Equal("ruleset.same-person", (await Rulesets.PublishAsync(Tiering, "1.1.0", null, Author)).Refusals[0].Code);
        var published = (await Rulesets.PublishAsync(Tiering, "1.1.0", "agreed", Publisher)).Value;
        Assert.Equal(["draft", "edited", "reviewed", "published"], published.Events.Select(step => step.What));
        Assert.Equal("1.0.0", (await Rulesets.GetAsync(Tiering, first.AddDays(-1)))!.Version);
        Assert.Equal("1.1.0", (await Rulesets.GetAsync(Tiering, first))!.Version);
        Assert.Equal("1.1.0", Get<IRulesets>().Evaluate(Tiering, first, Inputs(Tiering)).Version);
        Assert.Equal("ruleset.not-a-draft", (await Rulesets.SetCellAsync(Tiering, "1.1.0", "sections/earned/rows/gold/score", ">= 80", Author)).Refusals[0].Code);
    }

    [Fact]
    public async Task Publish_FailingTests_IsRefusedAndDecidesNothing()
    {
        await Rulesets.BeginDraftAsync(Tiering, "", Author);
        await Rulesets.SetCellAsync(Tiering, "1.1.0", "sections/earned/rows/gold/score", ">= 72", Author);
        var check = (await Rulesets.CheckAsync(Tiering, "1.1.0"))!;
        Assert.False(check.Publishable);
        Assert.Contains(check.Tests!.Cases, item => !item.Passed && item.Name.StartsWith("Exactly 71 points", StringComparison.Ordinal));
        Assert.Contains(check.Changes, change => change.Text.Contains("score was >= 70, is >= 72", StringComparison.Ordinal));
        Assert.Equal("ruleset.tests", (await Rulesets.PublishAsync(Tiering, "1.1.0", null, Publisher)).Refusals[0].Code);
        Assert.Equal(RulesetVersionState.Draft, (await Rulesets.GetAsync(Tiering, null, "1.1.0"))!.State);
        Assert.Single(Get<RulesetCatalog>().Library.Versions(Tiering));
    }

    [Fact]
    public async Task Draft_ValueEditor_MayChangeCellsOnly()
    {
        Assert.True((await Rulesets.BeginDraftAsync(Tiering, "", Values)).TryGet(out _));
        Assert.True((await Rulesets.SetCellAsync(Tiering, "1.1.0", "sections/earned/rows/silver/score", ">= 45", Values)).TryGet(out _));
        var row = await Rulesets.EditAsync(Tiering, "1.1.0", text => RulesetTextEdit.RemoveRow(text, "earned", "silver"), "", Values);
        Assert.Equal("ruleset.structure-changed", row.Refusals[0].Code);
        var formula = await Rulesets.SetCellAsync(Tiering, "1.1.0", "sections/earned/rows/silver/score", ">= deployments", Values);
        Assert.Contains(formula.Refusals, refusal => refusal.Code == "ruleset.formula-changed");
        Assert.Equal("actor.forbidden", (await Rulesets.PublishAsync(Tiering, "1.1.0", null, Values)).Refusals[0].Code);
        Assert.Equal("actor.forbidden", (await Rulesets.BeginDraftAsync(Routing, "", Publisher)).Refusals[0].Code);
    }

    [Fact]
    public async Task Retire_PublishedVersion_DecidesNothingNewButReplays()
    {
        await Rulesets.BeginDraftAsync(Tiering, "", Author);
        await Rulesets.SetCellAsync(Tiering, "1.1.0", "effective/from", "2026-01-02", Author);
        Assert.Contains((await Rulesets.CheckAsync(Tiering, "1.1.0"))!.Findings, found => found.Code == "backdated");
        Assert.True((await Rulesets.PublishAsync(Tiering, "1.1.0", "", Publisher)).TryGet(out _));
        var decisions = Get<DecisionService>();
        var decision = await decisions.EvaluateAsync(Tiering, new DateOnly(2026, 1, 5), Inputs(Tiering), new Subject("partner", "north"), Author);
        Assert.Equal("1.1.0", decision.Answer.Version);
        Assert.True((await Rulesets.RetireAsync(Tiering, "1.1.0", "a mistake", Author)).TryGet(out _));
        Assert.Equal("1.0.0", Get<IRulesets>().Evaluate(Tiering, new DateOnly(2026, 1, 5), Inputs(Tiering)).Version);
        Assert.True((await decisions.ReplayAsync(decision.Id, Author))!.Same);
        Assert.Equal("ruleset.last-in-force", (await Rulesets.RetireAsync(Tiering, "1.0.0", "", Author)).Refusals[0].Code);
    }

    [Fact]
    public async Task Refresh_VersionPublishedByAnotherProcess_IsTakenOver()
    {
        await Rulesets.BeginDraftAsync(Tiering, "", Author);
        await Rulesets.PublishAsync(Tiering, "1.1.0", "", Publisher);
        var other = new RulesetCatalog(RulesetLibrary.LoadFolder(Path.Combine(AppContext.BaseDirectory, RulesetFolder())));
        Assert.Single(other.Library.Versions(Tiering));
        Assert.Equal(1, await other.RefreshAsync(Storage, TestContext.Current.CancellationToken));
        Assert.Equal(2, other.Library.Versions(Tiering).Count);
        Assert.Equal(0, await other.RefreshAsync(Storage, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Impact_StoredDecisions_TellsWhatChangesForWhomAndHowMuch()
    {
        var decisions = Get<DecisionService>();
        foreach (var (partner, amount) in new[] { ("north", 1000m), ("south", 3000m), ("north", 500m) })
        {
            var inputs = new Dictionary<string, object?>(Inputs("incentive-plan"), StringComparer.Ordinal) { ["amount"] = amount, ["tier"] = partner == "north" ? "gold" : "silver", ["productSeries"] = "GTX" };
            await decisions.EvaluateAsync("incentive-plan", new DateOnly(2026, 1, 5), inputs, new Subject("deal", "d"), Author, new PartnerId(partner));
        }

        await Rulesets.BeginDraftAsync("incentive-plan", "", Author);
        await Rulesets.SetCellAsync("incentive-plan", "1.1.0", "sections/rate/rows/gold-other/baseRate", "12", Author);
        var impacts = Get<RulesetImpacts>();
        var run = (await impacts.StartAsync("incentive-plan", null, "1.1.0", null, null)).Value;
        Assert.True(await impacts.WaitAsync(run, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(("done", 3L, 2L, 0L), (run.State, run.Report!.Total, run.Report.Changed, run.Report.Failed));
        var subject = Assert.Single(run.Report.Subjects, subject => subject.Changed > 0);
        Assert.Equal(("north", 30m), (subject.Subject, subject.MoneyAfter - subject.MoneyBefore));
        Assert.StartsWith("decision,subject,output", run.Report.ToCsv(), StringComparison.Ordinal);
        Assert.Equal("ruleset.period", (await impacts.StartAsync("incentive-plan", null, "1.1.0", new DateOnly(2026, 2, 1), new DateOnly(2026, 1, 1))).Refusals[0].Code);
    }

    [Fact]
    public async Task Impact_MoreDecisionsThanTheQueueHolds_Ends()
    {
        await Get<StorageSession>().WriteAsync((db, _) =>
        {
            foreach (var number in Enumerable.Range(0, 9_000))
            {
                db.Append(new DecisionRecord
                {
                    Id = new DecisionId($"many-{number}"),
                    Ruleset = "incentive-plan",
                    RulesetVersion = "1.0.0",
                    SubjectKind = "deal",
                    SubjectId = "d",
                    InputsJson = """{"event":"won","eventOn":"2026-01-05","tier":"gold","productSeries":"GTX","amount":1000,"currency":"USD"}""",
                    OutputsJson = "{}",
                    TraceJson = "{}",
                    At = Clock.GetUtcNow(),
                    ActorId = "u-author",
                });
            }

            return Task.CompletedTask;
        });
        await Rulesets.BeginDraftAsync("incentive-plan", "", Author);
        var impacts = Get<RulesetImpacts>();
        var run = (await impacts.StartAsync("incentive-plan", null, "1.1.0", null, null)).Value;
        Assert.True(await impacts.WaitAsync(run, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(("done", 9_000L, 0L, 0L), (run.State, run.Report!.Total, run.Report.Changed, run.Report.Failed));
    }

    [Fact]
    public async Task Check_RowsNoDecisionReached_AreNamed()
    {
        await Get<DecisionService>().EvaluateAsync(Tiering, new DateOnly(2026, 1, 5), Inputs(Tiering), new Subject("partner", "north"), Author);
        var check = (await Rulesets.CheckAsync(Tiering, null))!;
        Assert.True(check.Publishable);
        Assert.Contains(check.Findings, found => found is { Code: "never-hit", Path: "decision/exception" });
        Assert.DoesNotContain(check.Findings, found => found is { Code: "never-hit", Path: "earned/gold" });
    }

    [Fact]
    public async Task Evaluate_MissingInput_NamesIt()
    {
        var refused = await Rulesets.EvaluateAsync(Tiering, null, null, JsonElement.Parse("{}"));
        Assert.StartsWith("inputs.", refused.Refusals[0].Field, StringComparison.Ordinal);
        var answer = (await Rulesets.EvaluateAsync(Tiering, null, null, JsonSerializer.SerializeToElement(Inputs(Tiering)))).Value;
        Assert.Equal("gold", answer.Outputs["tier"]);
    }

    [Fact]
    public void StoredInputs_EveryKindOfValue_IsWhatTheDocumentHolds()
    {
        var inputs = new StoredInputs("""{"text":"é\u0041","number":12.50,"huge":1e40,"flag":true,"none":null,"list":[1,{"a":2}],"record":{"b":[3]},"last":"x"}""");
        Assert.Equal(["text", "number", "huge", "flag", "none", "list", "record", "last"], inputs.Keys);
        Assert.Equal(("éA", 12.50m, true, null, "x"), (inputs["text"], inputs["number"], inputs["flag"], inputs["none"], inputs["last"]));
        Assert.Equal(("1e40", """[1,{"a":2}]""", """{"b":[3]}"""), (((JsonElement)inputs["huge"]!).GetRawText(), ((JsonElement)inputs["list"]!).GetRawText(), ((JsonElement)inputs["record"]!).GetRawText()));
        Assert.False(inputs.TryGetValue("other", out _));
    }

    private static string RulesetFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "rulesets")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "rulesets");
    }

    /// <summary>The inputs of a ruleset's first test case.</summary>
    private IReadOnlyDictionary<string, object?> Inputs(string name) => Get<RulesetCatalog>().Library.Versions(name)[0].Document.Tests[0].Given;
}
