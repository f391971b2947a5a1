using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Ecosystem.EndToEnd.Tests.BrowserFixture))]

namespace Ecosystem.EndToEnd.Tests;

/// <summary>One headless Chromium of the machine for all tests: the build without windows where it is there, as it takes a third less of the processor.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Builds = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started.");

    /// <summary>Where screenshots go: <c>artifacts/screenshots</c> of the repository.</summary>
    public static string Screenshots { get; } = Path.Combine(RepositoryRoot(), "artifacts", "screenshots");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Screenshots);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Builds.FirstOrDefault(File.Exists) ?? Builds[^1],
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ecosystem.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
