using System.Diagnostics;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Temporal's TypeScript SDK (npm's @temporalio/client and @temporalio/worker) against the embedded service, where Node is there.</summary>
public sealed class TypeScriptTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CoreSet_ClientAndWorker_Pass(bool onDisk)
    {
        Assert.SkipUnless(OnPath("node") && OnPath("npm"), "Node.js is not installed.");
        var folder = Path.Combine(Root(), "tests", "temporal-typescript");
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            var (installed, log) = await RunAsync("npm", folder, "ci", "--no-audit", "--no-fund", "--loglevel=error");
            Assert.True(installed == 0, log);
        }

        var file = onDisk ? Path.Combine(Directory.CreateTempSubdirectory("typescript-").FullName, "t.db") : null;
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file });
        var (code, output) = await RunAsync("node", folder, "run.mjs", service.Address);
        Assert.True(code == 0, output);
        Assert.Contains(" passed, 0 failed", output, StringComparison.Ordinal);
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ecosystem.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string folder, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
