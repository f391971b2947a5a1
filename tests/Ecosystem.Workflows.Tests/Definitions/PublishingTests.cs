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
    public async Task Save_SomebodySavedMeanwhile_IsRefusedAndNothingOverwritten()
    {
        var first = (await Definitions.SaveAsync(First(), null, Ops)).Value;
        var mine = first.Version;
        await Definitions.SaveAsync(Second(), mine, Ops);

        var late = await Definitions.SaveAsync(First(), mine, Ops);

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
    public async Task Publish_DuringABurstOfStarts_EveryCaseRunsOneVersionFromStartToEnd()
    {
        DefinitionDocument Telling(string text) => new FlowBuilder("telling").Add("a", "Test.Note", ("text", $"js:workflowInstanceId + ' {text}'")).Add("b", "Test.Note", ("text", $"js:workflowInstanceId + ' {text} again'")).Arrows("a->b").Build();
        await ReleaseAsync(Telling("old"));
        var next = (await Definitions.SaveAsync(Telling("new"), null, Ops)).Value;
        Task<CaseId> Start() => Storage.WriteAsync((db, token) => Get<CaseLauncher>().AddAsync(db, "telling", new Subject("deal", "deal-1"), cancellationToken: token));

        var early = Enumerable.Range(0, 20).Select(_ => Start()).ToList();
        var publishing = Definitions.PublishAsync(next.Id, null, Ops, TestContext.Current.CancellationToken);
        var meanwhile = new List<Task<CaseId>>();
        while (!publishing.IsCompleted || meanwhile.Count < 20)
        {
            meanwhile.Add(Start());
            await meanwhile[^1];
        }

        Assert.True((await publishing).IsSuccess, (await publishing).Refusal?.Message);
        var ids = await Task.WhenAll([.. early, .. meanwhile, Start()]);
        await DeliverAsync();
        await UntilAsync(async () => (await Cases.FindAsync(new CaseQuery("telling", CaseStatus.Completed), new PageRequest(null, 200), Ops)).Items.Count == Math.Min(200, ids.Length));

        var records = (await Cases.FindAsync(new CaseQuery("telling"), new PageRequest(null, 200), Ops)).Items;
        Assert.Equal(records.SelectMany(record => record.DefinitionVersion == 1 ? new[] { $"{record.Id} old", $"{record.Id} old again" } : [$"{record.Id} new", $"{record.Id} new again"]).Order(StringComparer.Ordinal), Get<TestSteps>().Done.Order(StringComparer.Ordinal));
        Assert.Equal((1, 2), ((await CaseAsync(ids[0])).DefinitionVersion, (await CaseAsync(ids[^1])).DefinitionVersion));
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
        var draft = (await Definitions.SaveAsync(DefinitionDocument.From(document.Json), null, Ops)).Value;

        var published = await Definitions.PublishAsync(draft.Id, null, Ops, TestContext.Current.CancellationToken);

        Assert.Equal("definition.scenario-failed", published.Refusal!.Code);
    }

    [Fact]
    public async Task Pilot_NamedPartners_OnlyTheyStartOnItUntilPromoted()
    {
        await ReleaseAsync(First());
        var (inside, outside) = (new PartnerId("partner-in"), new PartnerId("partner-out"));
        var draft = (await Definitions.SaveAsync(Second(), null, Ops)).Value;
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
    public async Task HttpEndpoint_StartsACaseAndResumesOneThatWaits_AnsweringAsTheProcessSays()
    {
        await ReleaseAsync(Listening("listening", flow => flow
            .Add("order", "Elsa.HttpEndpoint", ("path", "orders/{id}"), ("supportedMethods", new[] { "POST" }))
            .Add("taken", "Elsa.WriteHttpResponse", ("statusCode", 201), ("content", "js:({ order: getOutputFrom('order', 'routeData').id })"))
            .Add("confirm", "Elsa.HttpEndpoint", ("path", "confirm/{id}"), ("supportedMethods", new[] { "PUT" }))
            .Add("note", "Test.Note", ("text", "js:getOutputFrom('order', 'routeData').id + getOutputFrom('confirm', 'parsedContent').ok"))
            .Add("thanks", "Elsa.WriteHttpResponse", ("content", "js:'thanks ' + getOutputFrom('confirm', 'routeData').id"))
            .Arrows("order->taken->confirm->note->thanks")));

        Assert.Equal(404, (await RequestAsync("GET", "orders/7")).Status);
        Assert.Equal(404, (await RequestAsync("PUT", "confirm/7")).Status);
        var started = await RequestAsync("POST", "orders/7", "A");
        Assert.Equal((201, """{"order":"7"}""", "application/json"), (started.Status, started.Content, started.ContentType));
        var other = await RequestAsync("POST", "orders/8", "B");
        Assert.Equal(404, (await RequestAsync("POST", "confirm/x")).Status);
        Assert.Equal(500, (await RequestAsync("PUT", "confirm/x")).Status);
        var resumed = await RequestAsync("PUT", "confirm/x", "A", new JsonObject { ["parsedContent"] = new JsonObject { ["ok"] = "!" } });

        Assert.Equal((200, "thanks x", started.CaseId), (resumed.Status, resumed.Content, resumed.CaseId));
        Assert.NotEqual(started.CaseId, other.CaseId);
        Assert.Equal(["7!"], Get<TestSteps>().Done);
        await ReplayAsync(started.CaseId!.Value);
    }

    [Fact]
    public async Task HttpEndpoint_NoAnswerOfItsOwn_TellsWhetherTheCaseEndedGoesOnOrFailed()
    {
        await ReleaseAsync(Listening("ends", flow => flow.Add("a", "Elsa.HttpEndpoint", ("path", "ends")).Add("n", "Test.Note", ("text", "x")).Arrows("a->n")));
        await ReleaseAsync(Listening("waits", flow => flow.Add("a", "Elsa.HttpEndpoint", ("path", "waits")).Add("n", "Elsa.Delay", ("timeSpan", "01:00:00")).Arrows("a->n")));
        await ReleaseAsync(Listening("fails", flow => flow.Add("a", "Elsa.HttpEndpoint", ("path", "fails")).Add("n", "Elsa.Fault", ("message", "no")).Arrows("a->n")));
        await ReleaseAsync(Listening("known", flow => flow.Add("a", "Elsa.HttpEndpoint", ("path", "known"), ("authorize", true)).Add("n", "Test.Note", ("text", "y")).Arrows("a->n")));

        Assert.Equal(200, (await RequestAsync("GET", "ends")).Status);
        Assert.Equal(202, (await RequestAsync("GET", "waits")).Status);
        Assert.Equal(500, (await RequestAsync("GET", "fails")).Status);
        Assert.Equal(401, (await Get<HttpTrigger>().TakeAsync("GET", "known", [], null, false, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(200, (await RequestAsync("GET", "known")).Status);
    }

    [Fact]
    public async Task Publish_HttpPathOfAnotherProcess_IsRefusedNamingThatProcess()
    {
        await ReleaseAsync(Listening("orders", flow => flow.Add("a", "Elsa.HttpEndpoint", ("path", "orders/{id}"), ("supportedMethods", new[] { "POST" })).Add("n", "Test.Note", ("text", "x")).Arrows("a->n")));
        DefinitionDocument Second(string method) => Listening("second", flow => flow
            .Add("a", "Elsa.HttpEndpoint", ("path", "/Orders/{key}"), ("supportedMethods", new[] { "GET", method })).Add("n", "Test.Note", ("text", "x")).Arrows("a->n"));

        var draft = await Definitions.SaveAsync(Second("POST"), null, Ops);
        var refused = await Definitions.PublishAsync(draft.Value.Id, null, Ops, TestContext.Current.CancellationToken);

        Assert.Equal("definition.endpoint-taken", refused.Refusal?.Code);
        Assert.Contains("process 'orders', there as 'orders/{id}'", refused.Refusal!.Message, StringComparison.Ordinal);
        await ReleaseAsync(Second("PUT"));
    }

    private static DefinitionDocument Listening(string id, Func<FlowBuilder, FlowBuilder> steps)
    {
        var document = steps(new FlowBuilder(id)).Build();
        document.Json["root"]!["activities"]![0]!["customProperties"]!["canStartWorkflow"] = true;
        return DefinitionDocument.From(document.Json);
    }

    // The caller waits for the case, so the outbox is delivered and the clock goes on meanwhile.
    private async Task<HttpAnswer> RequestAsync(string method, string path, string? correlationId = null, JsonObject? request = null)
    {
        var answer = Get<HttpTrigger>().TakeAsync(method, path, request ?? [], correlationId, true, TestContext.Current.CancellationToken);
        await UntilAsync(async () =>
        {
            await DeliverAsync();
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
            return answer.IsCompleted;
        });
        return await answer;
    }

    private async Task<DefinitionVersion> ReleaseAsync(DefinitionDocument document)
    {
        var draft = await Definitions.SaveAsync(document, null, Ops);
        var published = await Definitions.PublishAsync(draft.Value.Id, null, Ops, TestContext.Current.CancellationToken);
        Assert.True(published.IsSuccess, published.Refusal?.Message);
        return published.Value;
    }

    private RecordedCases Recorded(StepCatalog steps) => new(Storage, Get<PlanSource>(), steps, () => Client);

    private async Task<int> InForceAsync(PartnerId? partner) =>
        (await Storage.ReadAsync((db, token) => Get<DefinitionVersions>().InForceAsync(db, "moving", partner, token)))!.Version;
}
