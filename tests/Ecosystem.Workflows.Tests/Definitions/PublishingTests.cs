using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Drafts, publishing, pilots, retiring, and moving running cases to another version.</summary>
public sealed class PublishingTests : CaseTest
{
    private DefinitionService Definitions => Get<DefinitionService>();

    private static DefinitionDocument First() => new FlowBuilder("moving").Variable("n", "Int32", 1)
        .Add("s", "Elsa.Start").Add("ask", "Ecosystem.HumanTask", ("title", "Ask"), ("roles", new[] { "approver" })).Add("note", "Test.Note", ("text", "old"))
        .Arrows("s->ask->note").Build();

    private static DefinitionDocument Second(string task = "ask") => new FlowBuilder("moving").Variable("n", "Int32", 1).Variable("extra", "String", "new")
        .Add("s", "Elsa.Start").Add("side", "Test.Note", ("text", "side")).Add(task, "Ecosystem.HumanTask", ("title", "Ask"), ("roles", new[] { "approver" }))
        .Add("more", "Test.Note", ("text", "js:getExtra() + ' ' + getN()")).Add("join", "Test.Note", ("text", "joined"))
        .Arrows($"s->{task}->more->join", "s->side->join").Build();

    [Fact]
    public async Task SaveDraft_SomebodySavedMeanwhile_IsRefusedAndNothingOverwritten()
    {
        var first = (await Definitions.SaveDraftAsync("moving", First(), null, Ops)).Value;
        var mine = first.Version;
        await Definitions.SaveDraftAsync("moving", Second(), mine, Ops);

        var late = await Definitions.SaveDraftAsync("moving", First(), mine, Ops);

        Assert.Equal("definition.stale", late.Refusal!.Code);
        var latest = Assert.Single(await Definitions.VersionsAsync("moving"));
        Assert.Contains("\"side\"", latest.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_AfterAPublishedVersion_KeepsRunningCasesOnTheirs()
    {
        await ReleaseAsync(First());
        var old = await StartAsync("moving");
        var version = await ReleaseAsync(Second());
        var fresh = await StartAsync("moving");

        Assert.Equal(2, version.Number);
        Assert.Equal((1, 2), ((await CaseAsync(old)).DefinitionVersion, (await CaseAsync(fresh)).DefinitionVersion));
        Assert.Equal([VersionState.Published, VersionState.Retired], (await Definitions.VersionsAsync("moving")).Select(row => row.State));
    }

    [Fact]
    public async Task RecordedCases_InterpreterThatDoesSomethingElse_IsFoundNamingTheCase()
    {
        await ReleaseAsync(new FlowBuilder("slow").Add("slow", "Test.Slow", ("text", "a")).Build());
        var id = await StartAsync("slow");

        // An interpreter that does not know the step any more does not start its activity.
        var same = await Recorded(Get<StepCatalog>()).ReplayAsync("slow", TestContext.Current.CancellationToken);
        var other = await Recorded(StepCatalog.Shipped).ReplayAsync("slow", TestContext.Current.CancellationToken);

        Assert.Empty(same);
        var found = Assert.Single(other);
        Assert.Equal("definition.history-breaks", found.Code);
        Assert.Contains(id.Value, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ScenarioFails_IsRefused()
    {
        var document = First();
        document.Json["customProperties"] = JsonNode.Parse("""{"scenarios":[{"name":"asked","answers":{"ask":"Done"},"expect":{"path":["note"],"not":["ask"]}}]}""");
        var draft = (await Definitions.SaveDraftAsync("moving", DefinitionDocument.From(document.Json), null, Ops)).Value;

        var published = await Definitions.PublishAsync(draft.Id, null, Ops, TestContext.Current.CancellationToken);

        Assert.Equal("definition.scenario-failed", published.Refusal!.Code);
    }

    [Fact]
    public async Task Pilot_NamedPartners_OnlyTheyStartOnItUntilPromoted()
    {
        await ReleaseAsync(First());
        var (inside, outside) = (new PartnerId("partner-in"), new PartnerId("partner-out"));
        var draft = (await Definitions.SaveDraftAsync("moving", Second(), null, Ops)).Value;
        Assert.True((await Definitions.PublishAsync(draft.Id, new DefinitionPilot(null, [inside]), Ops)).IsSuccess);

        Assert.Equal((2, 1, 1), (await InForceAsync(inside), await InForceAsync(outside), await InForceAsync(null)));

        Assert.True((await Definitions.PromoteAsync(draft.Id, Ops)).IsSuccess);
        Assert.Equal((2, 2, 2), (await InForceAsync(inside), await InForceAsync(outside), await InForceAsync(null)));

        var first = (await Definitions.VersionsAsync("moving")).Single(row => row.Number == 1);
        Assert.True((await Definitions.PublishAsync(first.Id, null, Ops)).IsSuccess);
        Assert.Equal((1, 1), (await InForceAsync(inside), await InForceAsync(null)));
    }

    [Fact]
    public void Pilot_Share_IsStableAndAboutAsLargeAsSaid()
    {
        var inside = Enumerable.Range(0, 4_000).Count(index => DefinitionVersions.BelongsToPilot("moving", new PartnerId($"partner-{index}"), 20, null));

        Assert.InRange(inside, 700, 900);
        Assert.All(
            Enumerable.Range(0, 4_000).Where(index => DefinitionVersions.BelongsToPilot("moving", new PartnerId($"partner-{index}"), 20, null)),
            index => Assert.True(DefinitionVersions.BelongsToPilot("moving", new PartnerId($"partner-{index}"), 40, null)));
    }

    [Fact]
    public async Task Migrate_CaseAtATask_GoesOnOnTheNewVersion()
    {
        await ReleaseAsync(First());
        var id = await StartAsync("moving");
        var version = await ReleaseAsync(Second("ask2"));
        var migrations = Get<CaseMigrations>();

        var without = (await migrations.MigrateAsync(version.Id, [id], new Dictionary<string, string>(), true, Ops)).Value.Single();
        Assert.False(without.Migrated);
        Assert.Contains("'ask' [ask]", Assert.Single(without.Problems), StringComparison.Ordinal);

        var map = new Dictionary<string, string> { ["ask"] = "ask2" };
        Assert.True((await migrations.MigrateAsync(version.Id, [id], map, true, Ops)).Value.Single().Migrated);
        Assert.Equal(1, (await CaseAsync(id)).DefinitionVersion);

        Assert.True((await migrations.MigrateAsync(version.Id, [id], map, false, Ops)).Value.Single().Migrated);
        Assert.Equal(2, (await CaseAsync(id)).DefinitionVersion);
        await StopWorkerAsync();
        StartWorker();
        Assert.True((await CompleteAsync(await OnlyTaskAsync(id), "Done", Approver)).IsSuccess);

        Assert.Equal(["new 1", "joined"], Get<TestSteps>().Done);
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(id)).Status);
        await ReplayAsync(id);
    }

    [Fact]
    public async Task Schedule_PublishedTrigger_StartsCasesUntilRetired()
    {
        var document = new FlowBuilder("timed").Add("tick", "Elsa.Timer", ("interval", "01:00:00")).Add("note", "Test.Note", ("text", "tick")).Arrows("tick->note").Build();
        document.Json["root"]!["activities"]![0]!["customProperties"]!["canStartWorkflow"] = true;
        var version = await ReleaseAsync(DefinitionDocument.From(document.Json));
        var schedules = Get<TriggerSchedules>();

        Assert.Equal(1, await schedules.SynchroniseAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await schedules.SynchroniseAsync(TestContext.Current.CancellationToken));
        for (var hour = 0; hour < 2; hour++)
        {
            await AdvanceAsync(TimeSpan.FromHours(1));
            var wanted = hour + 1;
            await UntilAsync(async () =>
            {
                await DeliverAsync();
                return Get<TestSteps>().Done.Count == wanted;
            });
        }

        await Definitions.RetireAsync(version.Id, "No longer.", Ops);
        Assert.Equal(1, await schedules.SynchroniseAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Event_WithCorrelation_ReachesOnlyThatCase()
    {
        await PublishAsync(new FlowBuilder("waiting").Add("c", "Elsa.Correlate", ("correlationId", "js:getInput('order')")).Add("wait", "Elsa.Event", ("eventName", "paid"))
            .Add("note", "Test.Note", ("text", "js:getInput('order') + getOutputFrom('wait').by")).Arrows("c->wait->note").Build());
        await StartAsync("waiting", new { order = "A" });
        await StartAsync("waiting", new { order = "B" });

        await Get<CaseCommands>().PublishEventAsync("paid", new JsonObject { ["by"] = "card" }, "B", TestContext.Current.CancellationToken);
        await DeliverAsync();

        Assert.Equal(["Bcard"], Get<TestSteps>().Done);
    }

    [Fact]
    public async Task HttpEndpoint_StartsACaseAndResumesOneThatWaits()
    {
        var document = new FlowBuilder("listening")
            .Add("order", "Elsa.HttpEndpoint", ("path", "orders/{id}"), ("supportedMethods", new[] { "POST" }))
            .Add("confirm", "Elsa.HttpEndpoint", ("path", "confirm"), ("supportedMethods", new[] { "POST" }))
            .Add("note", "Test.Note", ("text", "js:getOutputFrom('order', 'routeData').id + getOutputFrom('confirm', 'parsedContent').ok")).Arrows("order->confirm->note").Build();
        document.Json["root"]!["activities"]![0]!["customProperties"]!["canStartWorkflow"] = true;
        await ReleaseAsync(DefinitionDocument.From(document.Json));
        var http = Get<HttpTrigger>();

        Assert.Equal(404, (await http.TakeAsync("GET", "orders/7", [], null, true)).Status);
        Assert.Equal(404, (await http.TakeAsync("POST", "confirm", [], null, true)).Status);
        var started = await http.TakeAsync("POST", "orders/7", [], null, true);
        await DeliverAsync();
        Assert.Equal(202, (await http.TakeAsync("POST", "confirm", new JsonObject { ["parsedContent"] = new JsonObject { ["ok"] = "!" } }, null, true)).Status);
        await DeliverAsync();

        Assert.Equal(202, started.Status);
        Assert.Equal(["7!"], Get<TestSteps>().Done);
    }

    private async Task<DefinitionVersion> ReleaseAsync(DefinitionDocument document)
    {
        var draft = await Definitions.SaveDraftAsync(document.DefinitionId, document, null, Ops);
        var published = await Definitions.PublishAsync(draft.Value.Id, null, Ops, TestContext.Current.CancellationToken);
        Assert.True(published.IsSuccess, published.Refusal?.Message);
        return published.Value;
    }

    private RecordedCases Recorded(StepCatalog steps) => new(Storage, Get<PlanSource>(), steps, () => Client);

    private async Task<int> InForceAsync(PartnerId? partner) =>
        (await Storage.ReadAsync((db, token) => Get<DefinitionVersions>().InForceAsync(db, "moving", partner, token)))!.Version;
}
