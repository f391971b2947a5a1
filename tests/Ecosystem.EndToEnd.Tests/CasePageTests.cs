using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>What operations do with a case that is stuck, on its own page: try again, skip, answer for a step, call it off.</summary>
public sealed class CasePageTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Stuck = """
        {"publish":true,"model":{"name":"Stuck","root":{"type":"Elsa.Flowchart","version":1,"id":"root","nodeId":"root","activities":[
            {"id":"one","nodeId":"one","name":"Look up the account","type":"Elsa.RunJavaScript","version":1,"script":{"typeName":"String","expression":{"type":"JavaScript","value":"throw new Error('The directory is closed')"}}},
            {"id":"two","nodeId":"two","name":"Rate the account","type":"Elsa.FlowDecision","version":1,"condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"(() => { throw new Error('No rating'); })()"}}},
            {"id":"ask","nodeId":"ask","name":"ask","type":"Ecosystem.HumanTask","version":1,"title":{"typeName":"String","expression":{"type":"Literal","value":"Welcome the account"}},"roles":{"typeName":"Object","expression":{"type":"Object","value":"[\"ops\"]"}}},
            {"id":"no","nodeId":"no","name":"no","type":"Elsa.Finish","version":1}],
          "connections":[{"source":{"activity":"one","port":"Done"},"target":{"activity":"two","port":"In"}},
            {"source":{"activity":"two","port":"True"},"target":{"activity":"ask","port":"In"}},{"source":{"activity":"two","port":"False"},"target":{"activity":"no","port":"In"}}]}}}
        """;

    private readonly List<string> _violations = [];
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync(split: true);

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task StuckCase_TriedAgainSkippedAnsweredAndCalledOff_DoesAsDecided()
    {
        await using var author = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        var process = await PublishAsync(author);
        await DecideAsync(process, 1440);
        await DecideAsync(process, 390);
        Assert.Empty(_violations);
    }

    private async Task DecideAsync(string process, int width)
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example", width: width);
        var page = olivia.Page;
        await olivia.OpenAsync($"/cases/{await StartAsync(olivia, process)}", "Stuck case");

        // Trying again meets the same failure, which is told anew.
        var first = page.GetByRole(AriaRole.Region, new() { Name = "A step failed: Look up the account" });
        await first.GetByText("The directory is closed").WaitForAsync();
        await SeenAsync(olivia, $"case-stuck-{width}");
        await first.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.GetByText("Retried").First.WaitForAsync();

        // It is skipped with a word why, and the next step fails.
        await first.GetByLabel("What you found").FillAsync("Looked it up by hand");
        await first.GetByLabel("What you found").BlurAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Skip the step" }).ClickAsync();
        var second = page.GetByRole(AriaRole.Region, new() { Name = "A step failed: Rate the account" });
        await second.GetByText("No rating").WaitForAsync();
        await page.GetByText("Looked it up by hand").WaitForAsync();

        // An answer for it names the way on; without one it says so.
        await second.GetByRole(AriaRole.Button, new() { Name = "Answer for it" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Go on with this answer" }).ClickAsync();
        await second.GetByText("Choose how the case goes on").First.WaitForAsync();
        await second.GetByLabel("How it goes on").SelectOptionAsync("True");
        await SeenAsync(olivia, $"case-answer-{width}");
        await second.GetByRole(AriaRole.Button, new() { Name = "Go on with this answer" }).ClickAsync();
        await page.GetByText("Welcome the account").First.WaitForAsync();
        await second.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        // It is called off for a reason, and only for one.
        await page.GetByRole(AriaRole.Button, new() { Name = "Call the case off" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Call it off" }).ClickAsync();
        await page.GetByText("Say why the case is called off").First.WaitForAsync();
        await page.GetByLabel("Why").FillAsync("The account is gone");
        await page.GetByLabel("Why").BlurAsync();
        await SeenAsync(olivia, $"case-call-off-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call it off" }).ClickAsync();
        await page.GetByText("This was called off").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Call the case off" }).CountAsync());
    }

    private static readonly Dictionary<string, string> Json = new() { ["content-type"] = "application/json" };

    private static async Task<string> PublishAsync(Person person)
    {
        var saved = await person.Page.APIRequest.PostAsync($"{person.Site}/elsa/api/workflow-definitions", new() { DataString = Stuck, Headers = Json });
        Assert.True(saved.Ok, await saved.TextAsync());
        return (string)JsonNode.Parse(await saved.TextAsync())!["workflowDefinition"]!["definitionId"]!;
    }

    private static async Task<string> StartAsync(Person person, string process)
    {
        var run = await person.Page.APIRequest.PostAsync($"{person.Site}/elsa/api/workflow-definitions/{process}/execute", new() { DataString = "{}", Headers = Json });
        Assert.True(run.Ok, await run.TextAsync());
        return run.Headers["x-elsa-workflow-instance-id"];
    }

    private async Task SeenAsync(Person person, string name)
    {
        await person.Page.AddStyleTagAsync(new() { Content = "#mud-snackbar-container { display: none; }" });
        _violations.AddRange((await person.ViolationsAsync()).Select(violation => $"{name}: {violation}"));
        await person.Page.ScreenshotAsync(new() { Path = Path.Combine(BrowserFixture.Screenshots, $"{name}.png"), FullPage = true });
    }
}
