using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>Tasks as people meet them: the inbox, a task, the question to the submitter, and the link in a message.</summary>
public sealed partial class TaskPagesTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly string _folder = ProductProcess.NewDataFolder();
    private readonly List<string> _violations = [];
    private ProductProcess _product = null!;

    public async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(_folder);

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Application_ReviewAskAnswerAndLink_GoThroughPages()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var visitor = await Person.VisitorAsync(browser.Browser, _product.Url);
        await visitor.OpenAsync("/apply", "Become a partner");
        await visitor.Page.GetByLabel("Registered name").FillAsync("Nordwind Systems GmbH");
        await visitor.Page.GetByLabel("Web domain").FillAsync("nordwind.example");
        await visitor.Page.GetByLabel("Country").SelectOptionAsync("DE");
        await visitor.Page.GetByLabel("Your name").FillAsync("Pia Partner");
        await visitor.Page.GetByLabel("Company e-mail").FillAsync("pia@nordwind.example");
        await visitor.Page.GetByLabel("Choose a password").FillAsync("correct horse battery");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await visitor.Page.GetByText("Your application is in").WaitForAsync();

        await using var anton = await Person.SignedInAsync(browser.Browser, _product.Url, "anton@demo.example");
        await anton.OpenAsync("/inbox", "Inbox");
        var task = anton.Page.GetByRole(AriaRole.Link, new() { Name = "Approve the application" });
        await task.WaitForAsync();
        await SeenAsync(anton, "inbox");
        await anton.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Choose Approve the application" }).CheckAsync();
        await anton.Page.GetByText("1 chosen").WaitForAsync();
        await anton.ShootAsync("inbox-chosen");

        await task.ClickAsync();
        await anton.HeadingAsync("Approve the application");
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).WaitForAsync();
        await anton.Page.GetByLabel("A remark or question").FillAsync("Who signs for you?");
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the submitter" }).ClickAsync();
        await anton.Page.GetByText("Clock stopped").WaitForAsync();
        await SeenAsync(anton, "task");

        await using var pia = await Person.SignedInAsync(browser.Browser, _product.Url, "pia@nordwind.example", "correct horse battery");
        await pia.OpenAsync("/inbox", "Inbox");
        await pia.Page.GetByText("A question for you").First.WaitForAsync();
        await pia.Page.GetByRole(AriaRole.Link, new() { Name = "Approve the application" }).ClickAsync();
        await pia.Page.GetByLabel("Your answer").WaitForAsync();
        await SeenAsync(pia, "task-question");
        await pia.Page.GetByLabel("Your answer").FillAsync("Our managing director.");
        await pia.Page.GetByLabel("Your answer").BlurAsync();
        await pia.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await pia.Page.WaitForURLAsync("**/inbox");

        await anton.Page.ReloadAsync();
        await anton.Page.GetByText("Our managing director.").WaitForAsync();
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await anton.Page.GetByText("Back to the inbox").WaitForAsync();
        await anton.OpenAsync("/away", "When I am away");
        await SeenAsync(anton, "away");

        await SignByLinkAsync(ct);
        Assert.True(_violations.Count == 0, string.Join('\n', _violations));
    }

    // The agreement is sent by mail: scanners fetch the link, a person opens and posts it, nobody can post it again.
    private async Task SignByLinkAsync(CancellationToken ct)
    {
        var link = await LinkAsync("Sign the partner agreement", ct);
        using var client = new HttpClient();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(link), ct)).StatusCode);
        }

        await using var reader = await Person.VisitorAsync(browser.Browser, _product.Url);
        await reader.Page.GotoAsync(link);
        await reader.HeadingAsync("Sign the partner agreement");
        await SeenAsync(reader, "answer-link");
        await reader.Page.GetByLabel("We accept the agreement").CheckAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign" }).ClickAsync();
        await reader.HeadingAsync("Thank you");
        await reader.ShootAsync("answer-done");

        using var form = new MultipartFormDataContent { { new StringContent("Sign"), "$outcome" } };
        Assert.Equal(HttpStatusCode.Gone, (await client.PostAsync(new Uri(link), form, ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync(new Uri(link), ct)).StatusCode);
        await reader.Page.GotoAsync(link);
        await reader.HeadingAsync("Used already");
        await SeenAsync(reader, "answer-used");

        var next = await LinkAsync("Give your tax and bank details", ct);
        var token = next[(next.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        using var again = new MultipartFormDataContent { { new StringContent("Sign"), "$outcome" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri($"{link[..link.IndexOf('?', StringComparison.Ordinal)]}?token={token}"), again, ct)).StatusCode);
        await reader.Page.GotoAsync(next);
        await reader.Page.GetByText("We know 2 of the fields already").WaitForAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await SeenAsync(reader, "answer-form");
    }

    // Short messages fade in and out; half faded they have no contrast to speak of.
    private async Task SeenAsync(Person person, string name)
    {
        await person.Page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = "#mud-snackbar-container { display: none; }" });
        _violations.AddRange((await person.ViolationsAsync()).Select(violation => $"{name}: {violation}"));
        await person.ShootAsync(name);
        await person.ResizeAsync(390, 844);
        _violations.AddRange((await person.ViolationsAsync()).Select(violation => $"{name}: {violation}"));
        await person.ShootAsync(name);
        await person.ResizeAsync(1440, 900);
    }

    // Messages are put into the data folder when no mail server is set up.
    private async Task<string> LinkAsync(string title, CancellationToken ct)
    {
        for (var turn = 0; turn < 200; turn++)
        {
            foreach (var file in Directory.Exists(Path.Combine(_folder, "mail")) ? Directory.GetFiles(Path.Combine(_folder, "mail"), "*.eml") : [])
            {
                var text = (await File.ReadAllTextAsync(file, ct)).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
                if (text.Contains($"Subject: For you: {title}", StringComparison.Ordinal) && Link().Match(text) is { Success: true } found)
                {
                    return _product.Url + found.Groups[1].Value;
                }
            }

            await Task.Delay(50, ct);
        }

        throw new InvalidOperationException($"No message '{title}' came.");
    }

    [GeneratedRegex(@"https?://[^/\s]+(/answer/\S+)")]
    private static partial Regex Link();
}
