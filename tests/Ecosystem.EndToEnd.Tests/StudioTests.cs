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
        await olivia.Page.SetViewportSizeAsync(1700, 1000);
        var studio = new StudioPage(olivia);

        // Opening a process makes no draft of it.
        await studio.OpenAsync("/processes/partner-onboarding/edit", "Certify the partner");
        await studio.ShootAsync("studio-editor");
        Assert.Equal(1, await VersionAsync(olivia));

        // A step is dragged in between two others, connected and given its inputs.
        var step = await studio.DropAsync("Communication", "Notify", "Ecosystem.Notify", 470, 70);
        await studio.SelectAsync("payee");
        await studio.DisconnectAsync("training", "Done", "certify");
        await studio.SelectAsync("payee");
        Assert.Equal(2, await VersionAsync(olivia));
        await studio.ConnectAsync("training", "Done", step);
        await studio.SelectAsync("payee");
        await studio.ConnectAsync(step, "Done", "certify");
        await studio.SelectAsync(step);
        await studio.FillAsync("Recipient", "ops");
        await studio.ChooseAsync("Template", "task-for-you");
        await studio.ShootAsync("studio-step");
        Assert.Empty(studio.Faults);

        Assert.Equal(200, await studio.PublishAsync());
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
