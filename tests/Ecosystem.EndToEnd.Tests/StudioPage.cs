using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>Elsa Studio in its frame on our page, and what people do with it. It keeps what went wrong underneath: calls we do not answer, errors in the console.</summary>
public sealed partial class StudioPage
{
    private const string Save = "/elsa/api/workflow-definitions";
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _calls = new();

    public StudioPage(Person person)
    {
        Person = person;
        Page.Response += (_, response) => Note(response);
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue($"console: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _faults.Enqueue($"page: {error}");
    }

    /// <summary>Who works with it.</summary>
    public Person Person { get; }

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Which of Elsa's calls were made so far.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The frame.</summary>
    public IFrameLocator Frame => Page.FrameLocator("iframe.studio");

    private IPage Page => Person.Page;

    /// <summary>Opens a page with Studio on it and waits for something on it.</summary>
    public async Task OpenAsync(string path, string text)
    {
        await Page.GotoAsync(path);
        await ShowsAsync(text);
    }

    /// <summary>Saves what is seen.</summary>
    public Task ShootAsync(string name) => Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(BrowserFixture.Screenshots, $"{name}.png") });

    /// <summary>Waits until Studio shows a text.</summary>
    public Task ShowsAsync(string text) => Frame.GetByText(text, new() { Exact = false }).First.WaitForAsync(new() { Timeout = 90_000 });

    /// <summary>Drags an activity out of the list onto the canvas, to the free place above a step; gives its id once it is saved.</summary>
    public async Task<string> DropAsync(string category, string activity, string type, string above)
    {
        await Frame.GetByText(category, new() { Exact = true }).First.ClickAsync();
        var entry = Frame.Locator("[draggable=true]", new() { HasText = activity }).First;
        await entry.WaitForAsync();
        var before = await NodesAsync(type);
        var (canvas, step) = ((await Canvas.BoundingBoxAsync())!, (await Frame.Locator($".x6-node[data-cell-id='{above}']").BoundingBoxAsync())!);
        var place = new TargetPosition { X = step.X - canvas.X, Y = Math.Max(20, step.Y - canvas.Y - (3 * step.Height)) };
        await SavedAsync(() => entry.DragToAsync(Canvas, new() { TargetPosition = place }));
        return (await NodesAsync(type)).Except(before).Single();
    }

    /// <summary>Selects an activity by its id.</summary>
    public async Task SelectAsync(string id)
    {
        await Frame.Locator($".x6-node[data-cell-id='{id}'] .activity-label").ClickAsync(new() { Force = true });
        await Frame.Locator($".x6-widget-selection-box[data-cell-id='{id}']").WaitForAsync();
    }

    /// <summary>Deletes the connection between two neighbours.</summary>
    public async Task DisconnectAsync(string from, string port, string to)
    {
        var (start, end) = (await PortAsync(from, port), await PortAsync(to, "In"));
        await Page.Mouse.ClickAsync(((start.X + end.X) / 2) + 12, (start.Y + end.Y) / 2);
        await SavedAsync(() => Page.Keyboard.PressAsync("Delete"));
    }

    /// <summary>Draws a connection. What is selected covers its ports, so that something else must be.</summary>
    public async Task ConnectAsync(string from, string port, string to)
    {
        var (start, end) = (await PortAsync(from, port), await PortAsync(to, "In"));
        await SavedAsync(async () =>
        {
            await Page.Mouse.MoveAsync(start.X, start.Y);
            await Page.Mouse.DownAsync();
            await Page.Mouse.MoveAsync((start.X + end.X) / 2, (start.Y + end.Y) / 2, new() { Steps = 6 });
            await Page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 6 });
            await Page.Mouse.UpAsync();
        });
    }

    /// <summary>Fills an input of the selected activity.</summary>
    public Task FillAsync(string input, string value) => SavedAsync(async () =>
    {
        var field = Frame.Locator(".mud-input-control", new() { Has = Page.Locator("label", new() { HasTextRegex = new Regex($"^{Regex.Escape(input)}$") }) }).Locator("input, textarea").First;
        await field.FillAsync(value);
        await field.PressAsync("Tab");
    });

    /// <summary>Chooses from the drop-down of an input of the selected activity.</summary>
    public Task ChooseAsync(string input, string option) => SavedAsync(async () =>
    {
        await Frame.Locator(".mud-input-control", new() { Has = Page.Locator("label", new() { HasTextRegex = new Regex($"^{Regex.Escape(input)}$") }) }).First.ClickAsync();
        await Frame.Locator(".mud-popover-open").GetByText(option, new() { Exact = true }).ClickAsync();
    });

    /// <summary>Publishes with Studio's button; gives the answer's status, and what it says when it refuses.</summary>
    public async Task<(int Status, string Said)> PublishAsync()
    {
        var answer = await SavedAsync(() => Frame.Locator(".mud-button-group-root button").First.ClickAsync());
        return (answer.Status, answer.Ok ? "" : await answer.TextAsync());
    }

    /// <summary>Opens a tab of one of Studio's panels, also one that is scrolled out of sight.</summary>
    public async Task TabAsync(string name)
    {
        var tab = new LocatorFilterOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(name)}", RegexOptions.IgnoreCase) };
        await Frame.Locator(".mud-tab").Filter(tab).First.DispatchEventAsync("click");
        await Frame.Locator(".mud-tab-active").Filter(tab).First.WaitForAsync();
    }

    /// <summary>Waits until Studio stands by in the background of a page from which it is opened next.</summary>
    public async Task WarmAsync()
    {
        await Page.Locator("iframe.studio.waiting").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 90_000 });
        await Frame.Locator(".x6-node .elsa-activity").First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 90_000 });
    }

    /// <summary>Waits until so many boxes are drawn; gives how long after a mark of Studio's page that was, in milliseconds.</summary>
    public async Task<double> DrawnAsync(int boxes, string since)
    {
        var drawn = await Studio.WaitForFunctionAsync(
            "([boxes, since]) => document.querySelectorAll('.x6-node').length >= boxes && performance.getEntriesByName(since).length > 0 && performance.now() - performance.getEntriesByName(since).at(-1).startTime",
            new object[] { boxes, since },
            new() { Timeout = 90_000 });
        return await drawn.JsonValueAsync<double>();
    }

    /// <summary>Shows as much of the process as the canvas takes: the first button above it, which has no name.</summary>
    public Task ZoomToFitAsync() => Frame.Locator(".mud-tooltip-root .mud-icon-button:visible").First.ClickAsync();

    /// <summary>Waits until every box in sight is drawn in full; gives how many are drawn in full and how many are only a name.</summary>
    public async Task<(int Full, int Names)> SeenAsync()
    {
        await Studio.WaitForFunctionAsync("""
            () => {
              let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
              for (let at = document.querySelector('.x6-graph'); at; at = at.parentElement) {
                const box = at.getBoundingClientRect();
                [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
              }
              const seen = name => { const at = name.getBoundingClientRect(); return at.right > left && at.left < right && at.bottom > top && at.top < bottom; };
              return document.querySelector('.x6-node .elsa-activity') && ![...document.querySelectorAll('.box-to-come')].some(seen);
            }
            """, null, new() { Timeout = 60_000 });
        return (await Frame.Locator(".x6-node .elsa-activity").CountAsync(), await Frame.Locator(".x6-node .box-to-come").CountAsync());
    }

    /// <summary>Opens the menu of a row and chooses from it.</summary>
    public async Task RowAsync(string row, string item)
    {
        await Frame.Locator("tr", new() { Has = Frame.GetByText(row, new() { Exact = true }) }).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Frame.Locator(".mud-popover-open").GetByText(item, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Answers the dialog that is open.</summary>
    public Task ConfirmAsync(string answer) => Frame.Locator(".mud-dialog").Last.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();

    /// <summary>What our page says at the foot of Studio.</summary>
    public ILocator Told => Frame.Locator("#told");

    /// <summary>What shows that Studio has failed.</summary>
    public ILocator Failed => Frame.Locator("#blazor-error-ui");

    private IFrame Studio => Page.Frames.Single(frame => frame.Url.Contains("/studio/", StringComparison.Ordinal));

    private ILocator Canvas => Frame.Locator(".x6-graph-svg").First;

    private async Task<IReadOnlyList<string>> NodesAsync(string type) => await Frame.Locator(".x6-node", new() { Has = Page.Locator($"elsa-activity-wrapper[activity-json*='{type}']") })
        .EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.getAttribute('data-cell-id'))");

    private async Task<(float X, float Y)> PortAsync(string id, string port)
    {
        var box = await Frame.Locator($".x6-node[data-cell-id='{id}'] .x6-port-body[port='{port}']").First.BoundingBoxAsync();
        return (box!.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    // Studio has taken the answer up when it has asked for the activities again.
    private async Task<IResponse> SavedAsync(Func<Task> act)
    {
        var refreshed = Page.WaitForResponseAsync(response => response.Url.Contains("/descriptors/activities?", StringComparison.Ordinal));
        var saved = await Page.RunAndWaitForResponseAsync(act, response => response.Url.EndsWith(Save, StringComparison.Ordinal) && response.Request.Method == "POST");
        if (saved.Ok)
        {
            await refreshed;
        }

        return saved;
    }

    private void Note(IResponse response)
    {
        var path = new Uri(response.Url).PathAndQuery;
        if (path.StartsWith("/elsa/", StringComparison.Ordinal))
        {
            _calls.Enqueue($"{response.Request.Method} {Ids().Replace(path.Split('?')[0], "{id}")}");
        }

        if (response.Status >= 400)
        {
            _faults.Enqueue($"{response.Status} {response.Request.Method} {path}");
        }
    }

    [GeneratedRegex("onboarding-[a-z0-9-]+")]
    private static partial Regex Ids();
}
