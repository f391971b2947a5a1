using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Crm;
using Ecosystem.Workflows.Simulation;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>The main job as a process: killed at random moments, run again, given bad input.</summary>
public sealed class MainJobTests
{
    private const int Kills = 20;
    private static readonly string[] OfThisRun = ["wallSeconds", "peakMemoryMiB", "unchanged"];

    [Fact]
    public async Task MainJob_KilledTwentyTimes_EndsAsIfUndisturbed()
    {
        var export = Export(opportunities: 60);
        var watch = Stopwatch.StartNew();
        var undisturbed = await RunAsync(NewFolder(), export);
        var seconds = watch.Elapsed.TotalSeconds;
        Assert.Equal((string?)undisturbed["wonAmount"]!["amount"], (string?)undisturbed["creditedAmount"]!["amount"]);
        Assert.NotEqual(0, (int)undisturbed["conflicts"]!);

        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, undisturbed {seconds:0.0} s"));
        var random = new Random(seed);
        var folders = new List<string> { NewFolder() };
        for (var kills = 0; kills < Kills;)
        {
            await using var job = CommandProcess.Start(folders[^1], "main-job", "--data", export);
            await job.SaysAsync();
            if (await job.KillAfterAsync(TimeSpan.FromSeconds(random.NextDouble() * seconds / 6)))
            {
                kills++;
            }
            else
            {
                folders.Add(NewFolder());
            }
        }

        foreach (var folder in folders)
        {
            Assert.Equal(Facts(undisturbed), Facts(await RunAsync(folder, export)));
            var again = await RunAsync(folder, export);
            Assert.True((bool)again["unchanged"]!);
            Assert.Equal(Facts(undisturbed), Facts(again));
            await using var verify = CommandProcess.Start(folder, "verify");
            var (exitCode, report) = await verify.EndAsync();
            Assert.True(exitCode == 0, report);
        }
    }

    [Fact]
    public async Task MainJob_AskedToEnd_EndsAndGoesOnTheNextTime()
    {
        var export = Export(opportunities: 20);
        var folder = NewFolder();
        await using (var job = CommandProcess.Start(folder, "main-job", "--data", export))
        {
            await job.SaysAsync();
            await job.SaysAsync();
            Assert.Contains("history", job.Errors[1], StringComparison.Ordinal);
            await job.TerminateAsync();
            var (exitCode, output) = await job.EndAsync();
            Assert.Equal((143, ""), (exitCode, output));
            Assert.Equal("main-job: stopped; run it again to go on.", job.Errors[^1]);
        }

        var summary = await RunAsync(folder, export);
        Assert.Equal((string?)summary["wonAmount"]!["amount"], (string?)summary["creditedAmount"]!["amount"]);
    }

    /// <summary>Where partners go quiet, the process that wins them back gives grants, which are in a currency of their own.</summary>
    [Fact]
    public async Task MainJob_PartnersThatGoQuiet_EndsWhenNothingMoreCanBePaid()
    {
        var summary = await RunAsync(NewFolder(), Export(opportunities: 10));
        Assert.NotEqual(0, (int)summary["casesByKind"]!["re-enablement"]!);
        Assert.Equal((string?)summary["wonAmount"]!["amount"], (string?)summary["creditedAmount"]!["amount"]);
    }

    public static TheoryData<string, string, string, string> BrokenExports => new()
    {
        // file, text to replace, replacement, what the message must name
        { CrmFiles.Pipeline, "close_value", "closing", "close_value" },
        { CrmFiles.Pipeline, "opportunity_id,", "", "opportunity_id" },
        { CrmFiles.Accounts, "account,", "name,", "accounts.csv" },
    };

    [Theory]
    [MemberData(nameof(BrokenExports))]
    public async Task MainJob_BrokenColumns_SaysWhichAndMakesNothing(string file, string text, string replacement, string named)
    {
        var export = Export(opportunities: 10);
        var path = Path.Combine(export, file);
        var broken = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var at = broken.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, broken[..at] + replacement + broken[(at + text.Length)..], TestContext.Current.CancellationToken);
        var folder = Path.Combine(NewFolder(), "data");
        var message = await RefusedAsync(folder, export);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task MainJob_NoSuchFolder_SaysSoAndMakesNothing()
    {
        var folder = Path.Combine(NewFolder(), "data");
        Assert.Contains("/nowhere/crm", await RefusedAsync(folder, "/nowhere/crm"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task MainJob_DataFolderThatCannotBeWritten_SaysWhich() =>
        Assert.Contains("/proc/ecosystem", await RefusedAsync("/proc/ecosystem", Export(opportunities: 10)), StringComparison.Ordinal);

    [Fact]
    public async Task MainJob_NegativeAmount_NamesTheRowAndMakesNothing()
    {
        var export = Export(opportunities: 10);
        var path = Path.Combine(export, CrmFiles.Pipeline);
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var won = Array.FindIndex(lines, line => line.Contains(",Won,", StringComparison.Ordinal));
        lines[won] = string.Concat(lines[won].AsSpan(0, lines[won].LastIndexOf(',')), ",-5");
        await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);
        var folder = Path.Combine(NewFolder(), "data");
        var message = await RefusedAsync(folder, export);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{CrmFiles.Pipeline}, row {won + 1}, close_value: -5"), message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static async Task<string> RefusedAsync(string folder, string export)
    {
        await using var job = CommandProcess.Start(folder, "main-job", "--data", export);
        var (exitCode, output) = await job.EndAsync();
        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        return Assert.Single(job.Errors);
    }

    private static async Task<JsonObject> RunAsync(string folder, string export)
    {
        await using var job = CommandProcess.Start(folder, "main-job", "--data", export);
        var (exitCode, output) = await job.EndAsync();
        Assert.True(exitCode == 0, string.Join('\n', job.Errors));
        return JsonNode.Parse(output)!.AsObject();
    }

    private static string Facts(JsonObject summary)
    {
        var facts = summary.DeepClone().AsObject();
        foreach (var name in OfThisRun)
        {
            facts.Remove(name);
        }

        return facts.ToJsonString();
    }

    private static string Export(int opportunities)
    {
        Assert.True(SampleCrm.Make(opportunities, seed: 7).TryGet(out var files));
        var folder = NewFolder();
        files.WriteTo(folder);
        return folder;
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("ecosystem-main-job-").FullName;
}
