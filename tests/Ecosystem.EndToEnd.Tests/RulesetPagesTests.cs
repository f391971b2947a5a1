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
        await TryCasesAsync(olivia);
        await olivia.ShootAsync("ruleset");
        Assert.Empty(await olivia.ViolationsAsync());
        await olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await olivia.Page.WaitForURLAsync("**/partner-tiering/1.1.0");
        var score = olivia.Page.GetByLabel("Score of gold", new() { Exact = true }).First;
        await score.FillAsync(">= 72");
        await score.PressAsync("Tab");
        await olivia.Page.GetByText("test cases fail").WaitForAsync();
        await Changes(olivia).GetByText("score was >= 70, is >= 72").WaitForAsync();
        await olivia.ShootAsync("ruleset-broken");
        Assert.Empty(await olivia.ViolationsAsync());
        await score.FillAsync(">= 70");
        await score.PressAsync("Tab");
        await olivia.Page.GetByText("All 13 test cases pass").WaitForAsync();
        await ChangeRowsAndStepsAsync(olivia);
        var reason = olivia.Page.GetByLabel("Reason of gold", new() { Exact = true }).First;
        await reason.FillAsync("Gold: 70 points, nothing at zero");
        await reason.PressAsync("Tab");
        await Changes(olivia).GetByText("is Gold: 70 points, nothing at zero").WaitForAsync();
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

    private static async Task TryCasesAsync(Person person)
    {
        var result = person.Page.Locator(".try-card [role=status]");
        await person.Page.GetByLabel("Start from the test case").SelectOptionAsync(new SelectOptionValue { Label = "Everything reached makes platinum" });
        var decide = person.Page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true });
        await decide.ClickAsync();
        await result.GetByText("Platinum: at least 90 points").WaitForAsync();
        var adds = person.Page.GetByLabel("Net customer adds");
        await adds.FillAsync("many");
        await decide.ClickAsync();
        await person.Page.GetByText("\"many\" is not a number").WaitForAsync();
        await adds.FillAsync("0");
        await decide.ClickAsync();
        await result.GetByText("Silver: at least 40 points").WaitForAsync();
    }

    private static async Task ChangeRowsAndStepsAsync(Person person)
    {
        await person.Page.GetByLabel("Repeat row gold", new() { Exact = true }).First.ClickAsync();
        var repeated = person.Page.GetByLabel("Score of gold-2", new() { Exact = true });
        await repeated.WaitForAsync();
        await person.Page.GetByLabel("Remove row gold-2", new() { Exact = true }).ClickAsync();
        await repeated.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await person.Page.GetByLabel("Move row gold up", new() { Exact = true }).First.ClickAsync();
        var order = Changes(person).GetByText("The order in sections/earned is now gold, platinum");
        await order.WaitForAsync();
        await person.Page.GetByLabel("Move row gold down", new() { Exact = true }).First.ClickAsync();
        await order.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await SetAsync(person, "Points of advanced from 2", "11");
        await Changes(person).GetByText("thresholds was 5 from 1").WaitForAsync();
        await SetAsync(person, "Points of advanced from 2", "10");
        await SetAsync(person, "Threshold 4 of advanced", "6");
        await person.Page.GetByText("test cases fail").WaitForAsync();
        await SetAsync(person, "Threshold 6 of advanced", "2");
        await person.Page.GetByText("There is a step from 2 already").First.WaitForAsync();
        await SetAsync(person, "Threshold 6 of advanced", "4");
        await person.Page.GetByText("All 13 test cases pass").WaitForAsync();
        var curve = person.Page.GetByLabel("Curve of advanced", new() { Exact = true });
        await curve.SelectOptionAsync("linear");
        var all = person.Page.GetByLabel("Value of advanced that gives all points", new() { Exact = true });
        await all.WaitForAsync();
        Assert.Equal("4", await all.InputValueAsync());
        await person.ShootAsync("ruleset-curve");
        await curve.SelectOptionAsync("step");
        await person.Page.GetByLabel("Add a step to advanced", new() { Exact = true }).ClickAsync();
        await person.Page.GetByLabel("Remove the step of advanced from 5", new() { Exact = true }).ClickAsync();
        await person.Page.GetByLabel("Threshold 5 of advanced", new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        foreach (var (at, points) in new[] { ("1", "5"), ("2", "10") })
        {
            await person.Page.GetByLabel("Add a step to advanced", new() { Exact = true }).ClickAsync();
            await SetAsync(person, "Threshold 5 of advanced", at);
            await SetAsync(person, $"Points of advanced from {at}", points);
        }

        await Changes(person).GetByText("thresholds was 5 from 1").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>What is different from the version in force; the history beside it keeps what was changed and changed back.</summary>
    private static ILocator Changes(Person person) => person.Page.Locator("ul.changes");

    private static async Task SetAsync(Person person, string label, string value)
    {
        var cell = person.Page.GetByLabel(label, new() { Exact = true }).First;
        await cell.FillAsync(value);
        await cell.PressAsync("Tab");
    }
}
