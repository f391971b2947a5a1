using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

public sealed class StudioTests(BrowserFixture browser) : IAsyncLifetime
{
    private ProductProcess _product = null!;

    public async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(ProductProcess.NewDataFolder());

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Studio_OpenChangePublishStartWatchFinish_WorksInABrowser()
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        await olivia.Page.SetViewportSizeAsync(2000, 1900);
        var studio = new StudioPage(olivia);

        // Opening a process makes no draft of it.
        var shipped = await VersionAsync(olivia);
        await studio.OpenAsync("/processes/partner-onboarding/edit", "Certify the partner");
        await studio.ShootAsync("studio-editor");
        Assert.Equal(shipped, await VersionAsync(olivia));

        // A step is dragged in between two others, connected and given its inputs.
        var step = await studio.DropAsync("Communication", "Notify", "Ecosystem.Notify", above: "training");
        await studio.SelectAsync("declined");
        await studio.DisconnectAsync("training", "Done", "courses");
        await studio.SelectAsync("declined");
        Assert.Equal(shipped + 1, await VersionAsync(olivia));
        await studio.ConnectAsync("training", "Done", step);
        await studio.SelectAsync("declined");
        await studio.ConnectAsync(step, "Done", "courses");
        await studio.SelectAsync(step);
        await studio.FillAsync("Recipient", "ops");
        await studio.ChooseAsync("Template", "task-for-you");
        await studio.ShootAsync("studio-step");
        Assert.Empty(studio.Faults);

        Assert.Equal((200, ""), await studio.PublishAsync());
        await studio.ShowsAsync("Workflow published");
        await studio.ShootAsync("studio-published");

        // A case starts and shows where it stands, live.
        var caseId = await ApplyAsync(olivia);
        await studio.OpenAsync("/processes/instances", caseId[..20]);
        await studio.ShootAsync("studio-instances");
        await studio.OpenAsync($"/processes/instances/{caseId}", "Suspended");
        await studio.ShowsAsync("Approve the application");
        foreach (var tab in new[] { "Incidents", "Variables", "Input/output", "Details" })
        {
            await studio.TabAsync(tab);
        }

        await studio.ShootAsync("studio-viewer");

        // An approver finishes it through the inbox; the viewer that is still open hears of it by itself.
        await using var anton = await Person.SignedInAsync(browser.Browser, _product.Url, Approver);
        await anton.OpenAsync("/inbox", "Inbox");
        await anton.Page.GetByRole(AriaRole.Link, new() { Name = "Approve the application" }).First.ClickAsync();
        await anton.HeadingAsync("Approve the application");
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();
        await anton.Page.GetByRole(AriaRole.Heading, new() { Name = "Answered" }).WaitForAsync();
        await studio.ShowsAsync("Finished");
        await studio.ShootAsync("studio-finished");

        Assert.Empty(studio.Faults);
        Assert.Contains("POST /elsa/hubs/workflow-instance/negotiate", studio.Calls);
    }

    [Fact]
    public async Task Studio_ListsOfProcessesAndInstances_RunCancelAndSayWhySomethingIsRefused()
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        var studio = new StudioPage(olivia);

        // A case that is run from the list leads to its viewer, and fails there at a step.
        await olivia.Page.APIRequest.PostAsync($"{olivia.Site}/elsa/api/workflow-definitions", new() { DataString = Breaking, Headers = new Dictionary<string, string> { ["content-type"] = "application/json" } });
        await studio.OpenAsync("/processes/edit", "breaks");
        await studio.RowAsync("breaks", "Run");
        await studio.Told.GetByText("Watch it").ClickAsync();
        await studio.ShowsAsync("Faulted");
        Assert.Contains("/processes/instances/", olivia.Page.Url, StringComparison.Ordinal);
        await studio.TabAsync("Incidents");
        await studio.ShowsAsync("no such thing");
        await studio.ShootAsync("studio-incident");

        // It is cancelled in the list of instances.
        await studio.OpenAsync("/processes/instances", "Breaks: run");
        await studio.RowAsync("Breaks", "Cancel");
        await studio.ConfirmAsync("Yes");
        await studio.Frame.Locator("tr", new() { HasText = "Breaks: run" }).GetByText("Cancelled").WaitForAsync();
        Assert.Empty(studio.Faults);

        // What was published is kept: the reason is shown, and Studio goes on.
        await studio.OpenAsync("/processes/edit", "breaks");
        await studio.RowAsync("breaks", "Delete");
        await studio.ConfirmAsync("Delete");
        await studio.Told.GetByText("it is kept").WaitForAsync();
        await studio.ShootAsync("studio-kept");
        await studio.RowAsync("breaks", "Unpublish");
        await studio.ShowsAsync("Workflow retracted");
        Assert.False(await studio.Failed.IsVisibleAsync());
    }

    // The times are in the test's output: bench/README.md says how they are read.
    [Fact]
    public async Task Studio_ProcessOf200Steps_OpensOnTheCanvasSavesAndIsPublished()
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        var studio = new StudioPage(olivia);
        await CallAsync(HttpMethod.Post, "", new JsonObject { ["model"] = Long(200), ["publish"] = false });

        // Where somebody may open it next it stands by, as it does for the second process anybody opens.
        await olivia.Page.GotoAsync("/processes/long-process");
        await studio.WarmAsync();
        await olivia.Page.GetByRole(AriaRole.Link, new() { Name = "Change it" }).ClickAsync();
        var warm = await studio.DrawnAsync(200, "studio-opened");
        await studio.ShootAsync("studio-200-warm");

        await studio.OpenAsync("/processes/long-process/edit", "Step 1");
        var drawn = await studio.DrawnAsync(200, "studio-ready");
        await studio.ShootAsync("studio-200");

        // What is out of sight is a name until it is looked at.
        var (full, names) = await studio.SeenAsync();
        Assert.Equal(200, full + names);
        await studio.ZoomToFitAsync();
        var whole = await studio.SeenAsync();
        Assert.True(full > 0 && whole.Full > full && whole.Full + whole.Names == 200, $"{full} boxes were drawn, then {whole}.");
        await studio.ShootAsync("studio-200-whole");
        var model = (await CallAsync(HttpMethod.Get, "/by-definition-id/long-process?versionOptions=Latest", null)).Answer;
        model["description"] = "changed";
        var saved = await CallAsync(HttpMethod.Post, "", new JsonObject { ["model"] = model, ["publish"] = false });
        var published = await CallAsync(HttpMethod.Post, "/long-process/publish", []);

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"200 steps: on the canvas {warm:0} ms after they were asked for where Studio stood by, {drawn:0} ms after it was loaded for them, saved in {saved.Took.TotalMilliseconds:0} ms, published in {published.Took.TotalMilliseconds:0} ms"));
        Assert.True((bool)published.Answer["workflowDefinition"]!["isPublished"]!);
        Assert.Empty(studio.Faults);

        async Task<(JsonObject Answer, TimeSpan Took)> CallAsync(HttpMethod method, string path, JsonObject? body)
        {
            var since = System.Diagnostics.Stopwatch.GetTimestamp();
            var answer = await olivia.Page.APIRequest.FetchAsync($"{olivia.Site}/elsa/api/workflow-definitions{path}", new()
            {
                Method = method.Method, DataString = body?.ToJsonString(), Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
            });
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(since);
            Assert.True(answer.Ok, await answer.TextAsync());
            return (JsonNode.Parse(await answer.TextAsync())!.AsObject(), took);
        }
    }

    // Decisions of which both ways go on at the next step, with steps of several kinds between them.
    private static JsonObject Long(int count)
    {
        var steps = Enumerable.Range(1, count).Select(n =>
        {
            var (type, inputs) = (n % 10) switch
            {
                1 when n == 1 => ("Elsa.Start", """{}"""),
                5 => ("Elsa.FlowDecision", """{"condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"getInput('amount') > 1000"}}}"""),
                8 => ("Ecosystem.HumanTask", """{"title":{"typeName":"String","expression":{"type":"Literal","value":"Look at it"}},"roles":{"typeName":"Object","expression":{"type":"Object","value":"[\"approver\"]"}}}"""),
                _ => ("Elsa.WriteLine", """{"text":{"typeName":"String","expression":{"type":"Literal","value":"line"}}}"""),
            };
            var step = JsonNode.Parse(inputs)!.AsObject();
            (step["id"], step["nodeId"], step["name"], step["type"], step["version"]) = ($"s{n}", $"s{n}", $"Step {n}", type, 1);
            step["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = n % 20 * 280, ["y"] = n / 20 * 140 }, ["size"] = new JsonObject { ["width"] = 190, ["height"] = 50 } } };
            return step;
        }).ToList();
        var connections = steps.Zip(steps.Skip(1)).SelectMany(pair => ((string?)pair.First["type"] == "Elsa.FlowDecision" ? new[] { "True", "False" } : ["Done"]).Select(port => new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = (string?)pair.First["id"], ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = (string?)pair.Second["id"], ["port"] = "In" },
        }));
        return new JsonObject
        {
            ["name"] = "Long process",
            ["root"] = new JsonObject
            {
                ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "root", ["nodeId"] = "root", ["activities"] = new JsonArray([.. steps]), ["connections"] = new JsonArray([.. connections]),
            },
        };
    }

    private const string Breaking = """
        {"publish":true,"model":{"name":"Breaks","root":{"type":"Elsa.Flowchart","version":1,"id":"root","nodeId":"root",
          "activities":[{"id":"start","nodeId":"start","name":"start","type":"Elsa.Start","version":1},
            {"id":"boom","nodeId":"boom","name":"boom","type":"Elsa.RunJavaScript","version":1,"script":{"typeName":"String","expression":{"type":"JavaScript","value":"throw new Error('no such thing')"}}}],
          "connections":[{"source":{"activity":"start","port":"Done"},"target":{"activity":"boom","port":"In"}}]}}}
        """;

    private const string Approver = "anton@demo.example";

    private static async Task<int> VersionAsync(Person person)
    {
        var answer = await person.Page.APIRequest.GetAsync($"{person.Site}/elsa/api/workflow-definitions/by-definition-id/partner-onboarding?versionOptions=Latest");
        return (int)JsonNode.Parse(await answer.TextAsync())!["version"]!;
    }

    private static async Task<string> ApplyAsync(Person person)
    {
        var answer = await person.Page.APIRequest.PostAsync($"{person.Site}/api/v1/partners/applications", new()
        {
            DataObject = new
            {
                legalName = "Nordwind Consulting GmbH", domain = "nordwind-consulting.de", country = "DE", type = "Reseller", region = "EMEA",
                industries = new[] { "Manufacturing" }, contact = new { name = "Nora Nord", email = "nora@nordwind-consulting.de" },
            },
        });
        var body = await answer.TextAsync();
        Assert.True(answer.Status == 202, body);
        return (string)JsonNode.Parse(body)!["caseId"]!;
    }
}
