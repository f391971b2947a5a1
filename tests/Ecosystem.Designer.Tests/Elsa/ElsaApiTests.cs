using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecosystem.Designer.Elsa;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Elsa;

public sealed class ElsaApiTests(HostFixture host)
{
    private const string Types =
        "Elsa.Flowchart Elsa.Sequence Elsa.Start Elsa.End Elsa.Finish Elsa.Complete Elsa.Fault Elsa.If Elsa.Switch Elsa.FlowDecision Elsa.FlowSwitch Elsa.FlowFork Elsa.FlowJoin Elsa.Fork "
        + "Elsa.Parallel Elsa.For Elsa.ForEach Elsa.ParallelForEach Elsa.While Elsa.Break Elsa.SetVariable Elsa.SetName Elsa.Correlate Elsa.WriteLine Elsa.Event Elsa.PublishEvent Elsa.Delay "
        + "Elsa.StartAt Elsa.Timer Elsa.Cron Elsa.RunTask Elsa.DispatchWorkflow Elsa.ExecuteWorkflow Elsa.BulkDispatchWorkflows Elsa.HttpEndpoint Elsa.SendHttpRequest Elsa.FlowSendHttpRequest "
        + "Elsa.WriteHttpResponse Ecosystem.HumanTask Ecosystem.Approval Ecosystem.DecideWithRuleset Ecosystem.Notify Ecosystem.WaitForEvent Ecosystem.WaitUntil Ecosystem.SendAgreement "
        + "Ecosystem.AssignTraining Ecosystem.GrantCertification Ecosystem.ProvisionAccess Ecosystem.RegisterDeal Ecosystem.DetectConflict Ecosystem.ProposeSplit Ecosystem.ApplySplit "
        + "Ecosystem.AccrueIncentive Ecosystem.RunPayout Ecosystem.RecordTouchpoint Ecosystem.Offboard";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Activities_EveryTypeADefinitionCanUse_IsDescribed()
    {
        var described = (await host.Services.GetRequiredService<ElsaCatalog>().AllAsync(Ct)).ToLookup(activity => activity.TypeName);
        Assert.All(Types.Split(' ', StringSplitOptions.RemoveEmptyEntries), type =>
        {
            var activity = Assert.Single(described[type]);
            Assert.False(string.IsNullOrWhiteSpace(activity.Description), type);
        });
        Assert.All(described.SelectMany(group => group).Where(activity => activity.TypeName.StartsWith("Ecosystem.", StringComparison.Ordinal)), activity => Assert.NotNull(activity.Icon));
    }

    [Fact]
    public async Task Activities_Choices_AreWhatIsThereNow()
    {
        var described = (await host.Services.GetRequiredService<ElsaCatalog>().AllAsync(Ct)).ToDictionary(activity => activity.TypeName);
        Assert.Contains("conflict-split", Choices("Ecosystem.DecideWithRuleset", "Ruleset"));
        Assert.Contains("task-for-you", Choices("Ecosystem.Notify", "Template"));
        Assert.Contains("approver", Choices("Ecosystem.Approval", "Roles"));
        Assert.NotEmpty(Choices("Ecosystem.HumanTask", "Calendar"));

        IEnumerable<string> Choices(string type, string name)
        {
            var specification = described[type].Inputs.Single(input => input.Name == name).UISpecifications!;
            return ((specification["dropdown"]?["selectList"] ?? specification["checklist"]?["checkList"])!["items"]!.AsArray()).Select(item => (string)item!["value"]!);
        }
    }

    [Fact]
    public async Task Activities_EveryStepOfOurs_LetsAttemptsAndTimeBeSet()
    {
        string[] carriedOutByTheEngine = ["Ecosystem.HumanTask", "Ecosystem.Approval", "Ecosystem.WaitForEvent", "Ecosystem.WaitUntil", "Ecosystem.SetStage", "Ecosystem.RunPayout"];
        var ours = (await host.Services.GetRequiredService<ElsaCatalog>().AllAsync(Ct))
            .Where(activity => activity.TypeName.StartsWith("Ecosystem.", StringComparison.Ordinal) && !carriedOutByTheEngine.Contains(activity.TypeName)).ToList();
        Assert.True(ours.Count > 15);
        Assert.All(ours, activity => Assert.Equal(["MaxAttempts", "StepTimeout"], activity.Inputs.Where(input => input.Category == "When it fails").Select(input => input.Name)));
    }

    [Fact]
    public async Task Limits_AsStudioWritesThem_AreTakenOrRefusedByName()
    {
        using var ops = await host.ProgramAsync("ops");
        using var taken = await SaveAsync(ops, Limited("3", "PT30S"), publish: true);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Ct));
        using var refused = await SaveAsync(ops, Limited("1000", "PT30S"), publish: true);
        Assert.Contains("1 to 100", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        static JsonObject Limited(string attempts, string limit)
        {
            var notify = Activity("tell", "Ecosystem.Notify");
            foreach (var (name, type, value) in new[] { ("recipient", "String", "ops"), ("template", "String", "task-for-you"), ("maxAttempts", "Int32", attempts), ("stepTimeout", "String", limit) })
            {
                notify[name] = new JsonObject { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
            }

            return new JsonObject
            {
                ["name"] = "Limited",
                ["root"] = new JsonObject { ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "root", ["nodeId"] = "root", ["activities"] = new JsonArray(notify), ["connections"] = new JsonArray() },
            };
        }
    }

    [Fact]
    public async Task Open_StepsWithoutPlaces_StandApart()
    {
        using var ops = await host.ProgramAsync("ops");
        var opened = await GetAsync(ops, await CreateAsync(ops, "Without places"));
        var places = opened["root"]!["activities"]!.AsArray().Select(activity => (double)activity!["metadata"]!["designer"]!["position"]!["x"]!).Order().ToList();
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 280, $"Boxes at {pair.First} and {pair.Second}."));
    }

    [Fact]
    public async Task Save_OverSomebodyElsesChange_IsAConflictAndOverwritesNothing()
    {
        using var first = await host.ProgramAsync("ops");
        using var second = await host.ProgramAsync("ops");
        var id = await CreateAsync(first, "Two editors");
        var (mine, theirs) = (await GetAsync(first, id), await GetAsync(second, id));
        mine["description"] = "mine";
        theirs["description"] = "theirs";
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(first, mine)).StatusCode);
        using var late = await SaveAsync(second, theirs);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("application/problem+json", late.Content.Headers.ContentType?.MediaType);
        Assert.Equal("definition.stale", (string?)(await JsonAsync(late))["code"]);
        Assert.Equal("mine", (string?)(await GetAsync(first, id))["description"]);
    }

    [Fact]
    public async Task Save_WhatWasOpened_MakesNoDraft()
    {
        using var ops = await host.ProgramAsync("ops");
        var opened = await GetAsync(ops, "deal-registration");
        using var saved = await SaveAsync(ops, opened);
        Assert.Equal((int)opened["version"]!, (int)(await JsonAsync(saved))["workflowDefinition"]!["version"]!);
        Assert.Equal((int)opened["version"]!, (int)(await GetAsync(ops, "deal-registration"))["version"]!);
    }

    [Fact]
    public async Task Save_WithoutWhatStudioDoesNotKnow_KeepsIt()
    {
        using var ops = await host.ProgramAsync("ops");
        var id = await CreateAsync(ops, "Keeps unknown", model => model["scenarios"] = new JsonArray("first"));
        var opened = await GetAsync(ops, id);
        opened.Remove("scenarios");
        opened["description"] = "changed";
        using var saved = await SaveAsync(ops, opened);
        Assert.Equal("first", (string?)(await JsonAsync(saved))["workflowDefinition"]!["scenarios"]![0]);
    }

    [Fact]
    public async Task Publish_UnreachableStep_IsRefusedByNameAndTheDraftStays()
    {
        using var ops = await host.ProgramAsync("ops");
        var id = await CreateAsync(ops, "Not ready", model => ((JsonArray)model["root"]!["activities"]!).Add(Activity("lost", "Elsa.WriteLine")));
        var opened = await GetAsync(ops, id);
        using var refused = await SaveAsync(ops, opened, publish: true);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("lost", (await JsonAsync(refused))["errors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False((bool)(await GetAsync(ops, id))["isPublished"]!);

        // Studio, which got no new revision, can go on.
        opened["description"] = "later";
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(ops, opened)).StatusCode);
    }

    [Fact]
    public async Task Versions_PublishRetractRevertDelete_GoTheirWay()
    {
        using var ops = await host.ProgramAsync("ops");
        var id = await CreateAsync(ops, "Versions");
        using var published = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/publish", new { }, Ct);
        Assert.True((bool)(await JsonAsync(published))["workflowDefinition"]!["isPublished"]!);
        using var again = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/publish", new { }, Ct);
        Assert.True((bool)(await JsonAsync(again))["alreadyPublished"]!);
        using var retracted = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/retract", new { }, Ct);
        Assert.False((bool)(await JsonAsync(retracted))["isPublished"]!);
        using var reverted = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/revert/1", new { }, Ct);
        Assert.Equal(2, (int)(await JsonAsync(reverted))["version"]!);
        using var kept = await ops.DeleteAsync($"/elsa/api/workflow-definition-versions/{id}-v1", Ct);
        Assert.Equal("definition.kept", (string?)(await JsonAsync(kept))["code"]);
        using var deleted = await ops.DeleteAsync($"/elsa/api/workflow-definition-versions/{id}-v2", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(1, (int)(await GetAsync(ops, id))["version"]!);
    }

    [Fact]
    public async Task ExportThenImport_UnderAnotherId_GivesTheSameProcess()
    {
        using var ops = await host.ProgramAsync("ops");
        var exported = JsonNode.Parse(await ops.GetStringAsync("/elsa/api/workflow-definitions/re-enablement/export?versionOptions=Latest", Ct))!.AsObject();
        exported["definitionId"] = "imported-ladder";
        using var imported = await ops.PostAsJsonAsync("/elsa/api/workflow-definitions/import", exported, Ct);
        var copy = await JsonAsync(imported);
        Assert.Equal("imported-ladder", (string?)copy["definitionId"]);
        Assert.Equal(((JsonArray)exported["root"]!["activities"]!).Count, ((JsonArray)copy["root"]!["activities"]!).Count);
    }

    [Fact]
    public async Task Links_ReaderGetsNone_AndMayNotSave()
    {
        using var reader = await host.ProgramAsync("approver");
        var opened = await GetAsync(reader, "partner-onboarding");
        Assert.DoesNotContain("publish", ((JsonArray)opened["links"]!).Select(link => (string?)link!["rel"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await SaveAsync(reader, opened)).StatusCode);
        using var author = await host.ProgramAsync("ops");
        Assert.Contains("publish", ((JsonArray)(await GetAsync(author, "partner-onboarding"))["links"]!).Select(link => (string?)link!["rel"]));
    }

    [Fact]
    public async Task Execute_PublishedProcess_RunsAndTellsItsJournal()
    {
        using var ops = await host.ProgramAsync("ops");
        var id = await CreateAsync(ops, "Runs at once");
        using var published = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/publish", new { }, Ct);
        published.EnsureSuccessStatusCode();
        using var started = await ops.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/execute", new { correlationId = "test" }, Ct);
        started.EnsureSuccessStatusCode();
        var instance = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        await WaitAsync(async () => (string?)(await JsonAsync(await ops.GetAsync($"/elsa/api/workflow-instances/{instance}/execution-state", Ct)))["status"] == "Finished");
        var journal = await JsonAsync(await ops.PostAsJsonAsync($"/elsa/api/workflow-instances/{instance}/journal?skip=0&take=50", new { filter = new { eventNames = new[] { "Completed" } } }, Ct));
        Assert.Contains("write", journal["items"]!.AsArray().Select(entry => (string?)entry!["activityId"]));
        var report = await JsonAsync(await ops.PostAsJsonAsync("/elsa/api/activity-executions/report", new { workflowInstanceId = instance, activityNodeIds = new[] { "Workflow1:root:write" } }, Ct));
        Assert.Equal(1, (int)report["stats"]![0]!["completedCount"]!);
        var found = await JsonAsync(await ops.PostAsJsonAsync("/elsa/api/workflow-instances", new { definitionIds = new[] { id }, statuses = new[] { "Finished" }, page = 0, pageSize = 10 }, Ct));
        Assert.Equal(instance, (string?)Assert.Single(found["items"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task Files_Compressed_CarryTheirEncodingAndAnswer304()
    {
        using var ops = await host.ProgramAsync("ops");
        var folder = host.Services.GetRequiredService<global::Ecosystem.Designer.Hosting.HostSettings>().StudioFolder;
        Assert.True(folder is not null, "Elsa Studio is not there: run npm ci, as test.sh does.");
        var file = StudioFiles.Preload(folder)[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var answer = await ops.SendAsync(request, Ct);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var refused = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept-Encoding", "br;q=0" } } };
        Assert.Empty((await ops.SendAsync(refused, Ct)).Content.Headers.ContentEncoding);
        using var known = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept-Encoding", "gzip, br" }, { "If-None-Match", answer.Headers.ETag!.ToString() } } };
        Assert.Equal(HttpStatusCode.NotModified, (await ops.SendAsync(known, Ct)).StatusCode);
    }

    private static async Task WaitAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(50, Ct);
        }
    }

    private static JsonObject Activity(string id, string type) => new() { ["id"] = id, ["nodeId"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject() };

    private static async Task<string> CreateAsync(HttpClient client, string name, Action<JsonObject>? change = null)
    {
        var write = Activity("write", "Elsa.WriteLine");
        write["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "hi" } };
        var model = new JsonObject
        {
            ["name"] = name,
            ["root"] = new JsonObject
            {
                ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "root", ["nodeId"] = "root", ["activities"] = new JsonArray(Activity("start", "Elsa.Start"), write),
                ["connections"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["activity"] = "start", ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = "write", ["port"] = "In" } }),
            },
        };
        change?.Invoke(model);
        using var saved = await SaveAsync(client, model);
        return (string)(await JsonAsync(saved))["workflowDefinition"]!["definitionId"]!;
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string id) =>
        (await client.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest", Ct))!;

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, JsonObject model, bool publish = false) =>
        client.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }, Ct);

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct)) as JsonObject ?? [];
}
