using System.Reflection;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Dmn;

public sealed class DmnTckTests
{
    /// <summary>Cases that call Java: nothing here reaches beyond FEEL.</summary>
    private static readonly HashSet<string> JavaInterop = new(StringComparer.Ordinal) { "compliance-level-3/0076-feel-external-java" };

    [Theory]
    [InlineData("compliance-level-2")]
    [InlineData("compliance-level-3")]
    public async Task Kit_AllCases_Pass(string level)
    {
        var folder = FindKit();
        Assert.SkipWhen(folder is null, "The DMN kit is not here: no folder shared/data/dmn-tck beside the repository or above it.");
        var output = new StringWriter();
        var report = Path.Combine(Path.GetTempPath(), $"tck-{Guid.NewGuid():N}.csv");
        await RulesetCommands.RunAsync(["tck", Path.Combine(folder!, level), "--report", report], output, TextWriter.Null, TestContext.Current.CancellationToken);
        var lines = await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken);
        File.Delete(report);
        Assert.NotEmpty(lines);
        var failed = lines.Where(l => !l.Contains("\"SUCCESS\"", StringComparison.Ordinal) && !JavaInterop.Contains(l.Split('"')[1])).ToList();
        Assert.True(failed.Count == 0, output.ToString());
    }

    internal static string? FindKit()
    {
        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "RepositoryRoot")?.Value ?? AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(root); folder is not null; folder = folder.Parent)
        {
            var kit = Path.Combine(folder.FullName, "shared", "data", "dmn-tck");
            if (Directory.Exists(kit))
            {
                return kit;
            }
        }

        return null;
    }
}
