using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Tests.Api;

public sealed class DefinitionsApiTests(HostFixture host)
{
    private const string Root = "/api/v1/workflow-definitions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ShippedProcesses_AreThere()
    {
        using var reader = await host.ProgramAsync("seller", "definitions:read");
        var page = await SendAsync(reader, HttpMethod.Get, $"{Root}?limit=500");
        var ids = page["items"]!.AsArray().Select(item => (string)item!["id"]!).ToList();
        Assert.All(new[] { "partner-onboarding", "deal-registration", "re-enablement" }, id => Assert.Contains(id, ids));
        var one = await SendAsync(reader, HttpMethod.Get, $"{Root}/partner-onboarding");
        Assert.Equal("partner-onboarding", (string?)one["definition"]!["definitionId"]);
        Assert.Equal("published", (string?)one["head"]!["state"]);
        Assert.Equal("definition.not-found", (string?)(await SendAsync(reader, HttpMethod.Get, $"{Root}/no-such", null, HttpStatusCode.NotFound))["code"]);
        await SendAsync(reader, HttpMethod.Put, $"{Root}/partner-onboarding/draft", Flow("x"), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Draft_CheckPublishStartCompareRevertRetire_GoTheirWay()
    {
        using var ops = await host.ProgramAsync("ops");
        var first = await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-life/draft", Flow("one"));
        Assert.Equal((1, "draft"), ((int)first["version"]!, (string?)first["state"]));
        Assert.True((bool)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/check"))["ok"]!);
        Assert.Equal("definition.not-published", (string?)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/start", null, HttpStatusCode.Conflict))["code"]);
        Assert.Equal("published", (string?)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/publish"))["state"]);

        var started = await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/start", new { input = new { order = 7 } }, HttpStatusCode.Accepted);
        var found = await SendAsync(ops, HttpMethod.Get, $"/api/v1/cases/{started["caseId"]}");
        Assert.Equal(("rest-life", 1), ((string?)found["definition"]!["id"], (int)found["definition"]!["version"]!));

        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-life/draft", Flow("two"));
        var changes = await SendAsync(ops, HttpMethod.Get, $"{Root}/rest-life/compare?from=1&to=2");
        Assert.Contains("two", changes.ToJsonString(), StringComparison.Ordinal);
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/publish", new { version = 2 });
        Assert.Equal(3, (int)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/revert", new { version = 1 }))["version"]!);
        var versions = (await SendAsync(ops, HttpMethod.Get, $"{Root}/rest-life/versions"))["items"]!.AsArray();
        Assert.Equal(["draft", "published", "retired"], versions.Select(version => (string?)version!["state"]));
        Assert.Equal("retired", (string?)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/retire", new { version = 2, reason = "test" }))["state"]);
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-life/start", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Pilot_PublishedForOnePartner_IsPromotedForAll()
    {
        using var ops = await host.ProgramAsync("ops");
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-pilot/draft", Flow("one"));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-pilot/publish");
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-pilot/draft", Flow("two"));
        var wrong = await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-pilot/publish", new { pilot = new { percent = 120 } }, HttpStatusCode.BadRequest);
        Assert.NotNull(wrong["errors"]!["pilot.percent"]);
        var pilot = await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-pilot/publish", new { pilot = new { partners = new[] { "p-pilot" } } });
        Assert.Equal("p-pilot", (string?)pilot["pilot"]!["partners"]![0]);

        Assert.Equal(2, await VersionOfStartAsync(ops, new { partnerId = "p-pilot" }));
        Assert.Equal(1, await VersionOfStartAsync(ops, new { partnerId = "p-other" }));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-pilot/promote", new { version = 2 });
        Assert.Equal(2, await VersionOfStartAsync(ops, new { partnerId = "p-other" }));
    }

    [Fact]
    public async Task Draft_StaleOrBroken_IsRefusedNamingWhat()
    {
        using var ops = await host.ProgramAsync("ops");
        using var first = await PutAsync(ops, "rest-stale", Flow("one"), null);
        var tag = first.Headers.ETag!.ToString();
        using var second = await PutAsync(ops, "rest-stale", Flow("two"), tag);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        using var late = await PutAsync(ops, "rest-stale", Flow("three"), tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("two", (await SendAsync(ops, HttpMethod.Get, $"{Root}/rest-stale")).ToJsonString(), StringComparison.Ordinal);

        Assert.Equal("definition.no-root", (string?)(await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-stale/draft", new { name = "no root" }, HttpStatusCode.BadRequest))["code"]);
        var lost = Flow("one");
        lost["root"]!["activities"]!.AsArray().Add(Activity("lost", "Elsa.WriteLine", ("text", "x")));
        var check = await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-stale/check", lost);
        Assert.False((bool)check["ok"]!);
        Assert.Contains("lost", check["diagnostics"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_DryRunThenForReal_TakesARunningCaseAlong()
    {
        using var ops = await host.ProgramAsync("ops");
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-move/draft", Asking("one"));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/publish");
        var caseId = (string)(await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/start", null, HttpStatusCode.Accepted))["caseId"]!;
        await WaitAsync(async () => (await SendAsync(ops, HttpMethod.Get, $"/api/v1/tasks?status=open&case={caseId}"))["items"]!.AsArray().Count == 1);
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-move/draft", Asking("two"));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/publish");

        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/migrate", new { version = 2, cases = new[] { caseId } });
        Assert.Equal(1, await VersionOfAsync(ops, caseId));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/migrate", new { version = 2, cases = new[] { caseId }, dryRun = false });
        await WaitAsync(async () => await VersionOfAsync(ops, caseId) == 2);
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-move/migrate", new { version = 2, cases = new[] { "not an id" } }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task HttpEndpoint_PublishedProcess_AnswersWithItsResponse()
    {
        using var ops = await host.ProgramAsync("ops");
        using var visitor = host.Visitor();
        var flow = Flow("http", Trigger("order", "Elsa.HttpEndpoint", ("path", "rest/orders/{id}"), ("supportedMethods", new JsonArray("POST"))), Activity(
            "answer", "Elsa.WriteHttpResponse", ("statusCode", 201), ("content", Js("({ id: getOutputFrom('order','routeData').id, sum: getOutputFrom('order','parsedContent').a + 1, q: getOutputFrom('order','queryStringData').q })"))));
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-http/draft", flow);
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-http/publish");

        using var answer = await visitor.PostAsJsonAsync("/workflows/rest/orders/A%2017?q=z", new { a = 1 }, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"id":"A 17","sum":2,"q":"z"}""", await answer.Content.ReadAsStringAsync(Ct));
        var caseId = answer.Headers.GetValues("x-case-id").Single();
        Assert.Equal("rest-http", (string?)(await SendAsync(ops, HttpMethod.Get, $"/api/v1/cases/{caseId}"))["kind"]);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/workflows/rest/orders/A17", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visitor.PostAsync("/workflows/rest/orders/A17", new StringContent(new string('x', 1_000_001)), Ct)).StatusCode);

        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-http/retire", new { version = 1 });
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsJsonAsync("/workflows/rest/orders/A17", new { a = 1 }, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("timer", "Elsa.Timer", "interval", "00:00:01")]
    [InlineData("cron", "Elsa.Cron", "cronExpression", "* * * * * *")]
    public async Task Schedule_PublishedTimerOrCron_StartsCasesByItselfUntilRetired(string name, string type, string input, string value)
    {
        using var ops = await host.ProgramAsync("ops");
        await SendAsync(ops, HttpMethod.Put, $"{Root}/rest-{name}/draft", Flow(name, Trigger("tick", type, (input, value)), Activity("write", "Elsa.WriteLine", ("text", "tick"))));
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-{name}/publish");
        await WaitAsync(async () => (await SendAsync(ops, HttpMethod.Get, $"/api/v1/cases?kind=rest-{name}"))["items"]!.AsArray().Count >= 2);
        await SendAsync(ops, HttpMethod.Post, $"{Root}/rest-{name}/retire", new { version = 1 });
    }

    private static async Task<int> VersionOfStartAsync(HttpClient client, object start) =>
        await VersionOfAsync(client, (string)(await SendAsync(client, HttpMethod.Post, $"{Root}/rest-pilot/start", start, HttpStatusCode.Accepted))["caseId"]!);

    private static async Task<int> VersionOfAsync(HttpClient client, string caseId) => (int)(await SendAsync(client, HttpMethod.Get, $"/api/v1/cases/{caseId}"))["definition"]!["version"]!;

    private static JsonObject Flow(string text) => Flow(text, Activity("start", "Elsa.Start"), Activity("write", "Elsa.WriteLine", ("text", text)));

    private static JsonObject Asking(string text) => Flow(
        text, Activity("start", "Elsa.Start"), Activity("ask", "Ecosystem.HumanTask", ("title", "Ask"), ("roles", new JsonArray("approver"))), Activity("write", "Elsa.WriteLine", ("text", text)));

    // The activities, one after the other.
    private static JsonObject Flow(string name, params JsonObject[] activities) => new()
    {
        ["name"] = "REST " + name,
        ["root"] = new JsonObject
        {
            ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "root", ["nodeId"] = "root", ["activities"] = new JsonArray([.. activities]),
            ["connections"] = new JsonArray([.. activities.Zip(activities.Skip(1)).Select(pair => new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = (string?)pair.First["id"], ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = (string?)pair.Second["id"], ["port"] = "In" },
            })]),
        },
    };

    private static JsonObject Trigger(string id, string type, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = Activity(id, type, inputs);
        activity["customProperties"]!["canStartWorkflow"] = true;
        return activity;
    }

    private static JsonObject Js(string script) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };

    private static JsonObject Activity(string id, string type, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["nodeId"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject() };
        foreach (var (name, value) in inputs)
        {
            activity[name] = value as JsonObject ?? new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = value is JsonArray ? "Object" : "Literal", ["value"] = value } };
        }

        return activity;
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string id, JsonObject definition, string? match)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Root}/{id}/draft") { Content = JsonContent.Create(definition) };
        if (match is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        }

        return client.SendAsync(request, Ct);
    }

    private static async Task WaitAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(50, Ct);
        }
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = JsonContent.Create(body ?? new { });
        }

        using var answer = await client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
