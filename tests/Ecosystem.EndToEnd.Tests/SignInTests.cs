using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

public sealed class SignInTests(BrowserFixture browser) : IAsyncLifetime
{
    private ProductProcess _product = null!;

    public async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(ProductProcess.NewDataFolder());

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task SignIn_RightPassword_LandsOnHome()
    {
        await using var olivia = await Person.SignedInAsync(browser.Browser, _product.Url, "olivia@demo.example");
        await olivia.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await olivia.ShootAsync("home");
        Assert.Empty(await olivia.ViolationsAsync());
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysSoAndStays()
    {
        await using var visitor = await Person.VisitorAsync(browser.Browser, _product.Url);
        await visitor.Page.GotoAsync("/payouts");
        Assert.Contains("/sign-in", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.GetByLabel("E-mail").FillAsync("olivia@demo.example");
        await visitor.Page.GetByLabel("Password").FillAsync("not this one");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await visitor.ShootAsync("sign-in");
        Assert.Empty(await visitor.ViolationsAsync());
    }
}
