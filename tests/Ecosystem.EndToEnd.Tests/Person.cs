using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>Someone in front of the browser: an own session, a page, and what people do with it.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Person(IBrowserContext context, IPage page, string site)
    {
        _context = context;
        Page = page;
        Site = site;
    }

    /// <summary>The open page.</summary>
    public IPage Page { get; }

    /// <summary>Address of the product.</summary>
    public string Site { get; }

    /// <summary>A visitor nobody knows, on a screen of some width.</summary>
    public static async Task<Person> VisitorAsync(IBrowser browser, string site, int width = 1440)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            BaseURL = site,
            AcceptDownloads = true,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Person(context, await context.NewPageAsync(), site);
    }

    /// <summary>Someone who signs in.</summary>
    public static async Task<Person> SignedInAsync(IBrowser browser, string site, string email, string password = "ecosystem-demo", int width = 1440)
    {
        var person = await VisitorAsync(browser, site, width);
        await person.Page.GotoAsync("/sign-in");
        await person.Page.GetByLabel("E-mail").FillAsync(email);
        await person.Page.GetByLabel("Password").FillAsync(password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await person.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return person;
    }

    /// <summary>Opens a page and waits for its heading.</summary>
    public async Task OpenAsync(string path, string heading)
    {
        await Page.GotoAsync(path);
        await HeadingAsync(heading);
    }

    /// <summary>Waits for the heading of a page.</summary>
    public Task HeadingAsync(string heading) =>
        Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading }).WaitForAsync();

    /// <summary>
    /// With <c>ECOSYSTEM_SCREENSHOTS</c> set, saves what is seen on a narrow and on a wide screen. The page then runs on at the wide one.
    /// </summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ECOSYSTEM_SCREENSHOTS") is not { Length: > 0 })
        {
            return;
        }

        foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
        {
            await ResizeAsync(width, height);
            await Page.EvaluateAsync("window.scrollTo(0, 0)");
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(BrowserFixture.Screenshots, $"{name}-{width}.png"), FullPage = true });
        }
    }

    /// <summary>What of the present page has to be scrolled sideways to on a telephone: the page, or a list that is laid out for narrow screens.</summary>
    public async Task<IReadOnlyList<string>> OverflowsAsync()
    {
        var size = Page.ViewportSize!;
        await ResizeAsync(390, 844);
        var wide = await Page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll('.table-wrap:has(> table.narrow)')]
                .filter(element => element.scrollWidth > element.clientWidth + 1)
                .map(element => `wider than 390 px: ${element.tagName} ${element.innerText.slice(0, 60)}`)
            """);
        await ResizeAsync(size.Width, size.Height);
        return wide;
    }

    /// <summary>What of the present page is written for programs: ids of things that have a name, ids of programs, and outcomes that are not words. Ids that are shown as such, in <c>code</c>, are meant.</summary>
    public Task<string[]> CodesAsync() => Page.EvaluateAsync<string[]>("""
        () => {
          const found = [];
          const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode.data.trim();
            if (/^(True|False|Timeout)$|\b(system:|(ptn|deal|cfl|dec|task)-01[0-9a-z]{8})/.test(text) && !texts.currentNode.parentElement.closest('code, textarea, script')) found.push(`a code: ${text.slice(0, 80)}`);
          }
          return found;
        }
        """);

    /// <summary>Makes the window this large, and waits until the drawer has followed, a moment later: it takes what is to be clicked with it.</summary>
    public async Task ResizeAsync(int width, int height)
    {
        const int Medium = 960;
        await Page.SetViewportSizeAsync(width, height);
        if (await Page.Locator(".mud-drawer").CountAsync() > 0)
        {
            await Page.Locator(width < Medium ? ".mud-drawer--closed" : ".mud-drawer--open").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        await Page.EvaluateAsync("""
            () => Promise.allSettled(document.getAnimations().filter(running => running.effect.getComputedTiming().endTime < Infinity).map(running => running.finished)).then(() => null)
            """);
    }

    /// <summary>Accessibility violations of the present page, each in one line; WCAG 2.1 A and AA.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var result = await Page.RunAxe(new Deque.AxeCore.Commons.AxeRunOptions
        {
            RunOnly = new Deque.AxeCore.Commons.RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
        });
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}"))];
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
