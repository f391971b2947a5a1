using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

public sealed class RulesetPagesTests(BrowserFixture browser) : IAsyncLifetime
{
    private ProductProcess _product = null!;

    public async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(ProductProcess.NewDataFolder());

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Ruleset_ChangeACell_SeesWhatBreaksAndAnotherPublishes()
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        await olivia.OpenAsync("/rulesets", "Rulesets");
        await olivia.Page.GetByText("Partner tiering").WaitForAsync();
        await olivia.ShootAsync("rulesets");
        Assert.Empty(await olivia.ViolationsAsync());
        await olivia.OpenAsync("/rulesets/partner-tiering", "Partner tiering");
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "In plain words" }).ClickAsync();
        await olivia.Page.GetByText("If score is at least 70").First.WaitForAsync();
        await olivia.ShootAsync("ruleset");
        Assert.Empty(await olivia.ViolationsAsync());
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await olivia.Page.WaitForURLAsync("**/partner-tiering/1.1.0");
        var score = olivia.Page.GetByLabel("Score of gold", new() { Exact = true }).First;
        await score.FillAsync(">= 72");
        await score.PressAsync("Tab");
        await olivia.Page.GetByText("test cases fail").WaitForAsync();
        await olivia.Page.GetByText("score was >= 70, is >= 72").WaitForAsync();
        await olivia.ShootAsync("ruleset-broken");
        Assert.Empty(await olivia.ViolationsAsync());
        await score.FillAsync(">= 70");
        await score.PressAsync("Tab");
        await olivia.Page.GetByText("All 13 test cases pass").WaitForAsync();
        var reason = olivia.Page.GetByLabel("Reason of gold", new() { Exact = true }).First;
        await reason.FillAsync("Gold: 70 points, nothing at zero");
        await reason.PressAsync("Tab");
        await olivia.Page.GetByText("is Gold: 70 points, nothing at zero").WaitForAsync();
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Show what changes" }).ClickAsync();
        await olivia.Page.GetByText("No decision was made").WaitForAsync();
        Assert.Equal(0, await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).CountAsync());
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Ready for publication" }).ClickAsync();
        await olivia.Page.GetByText("a second person has to publish it").First.WaitForAsync();

        await using var anton = await Person.SignedInAsync(browser.Browser, _product.Url, "anton@demo.example", width: 390);
        await anton.OpenAsync("/rulesets", "Rulesets");
        await anton.ShootAsync("rulesets");
        await anton.OpenAsync("/rulesets/partner-tiering/1.1.0", "Partner tiering");
        await anton.ShootAsync("ruleset-reviewed");
        Assert.Empty(await anton.ViolationsAsync());
        await anton.Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await anton.Page.GetByText("Published: it decides from").WaitForAsync();
    }

    [Fact]
    public async Task Ruleset_ValueEditor_ChangesValuesOnAPhone()
    {
        await using var vera = await Person.SignedInAsync(browser.Browser, _product.Url, "vera@demo.example", width: 390);
        await vera.OpenAsync("/rulesets/incentive-plan", "Incentive plan");
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await vera.Page.WaitForURLAsync("**/incentive-plan/1.1.0");
        await vera.Page.GetByText("You may change values").WaitForAsync();
        Assert.Equal(0, await vera.Page.GetByLabel("Repeat row", new() { Exact = false }).CountAsync());
        var rate = vera.Page.GetByLabel("Base rate of gold-other", new() { Exact = true }).First;
        await rate.FillAsync("tier");
        await rate.PressAsync("Tab");
        await vera.Page.GetByText("Only values may be changed").First.WaitForAsync();
        Assert.Equal("10", await rate.InputValueAsync());
        await vera.ShootAsync("ruleset-values");
    }
}
