using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets test</c>.</summary>
internal static class TestCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, CancellationToken cancellation)
    {
        var reports = new List<RulesetTestReport>();
        foreach (string file in line.Files())
        {
            RulesetTestReport report = RulesetTestRunner.Run(await CommandLine.LoadAsync(file, cancellation).ConfigureAwait(false), cancellation);
            reports.Add(report);
            if (!line.Json)
            {
                await WriteAsync(file, report, output).ConfigureAwait(false);
            }
        }

        int passed = reports.Sum(r => r.Passed), failed = reports.Sum(r => r.Failed), uncovered = reports.Sum(r => r.Uncovered.Count);
        if (line.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(reports, CommandJson.Options)).ConfigureAwait(false);
        }
        else
        {
            int rows = reports.Sum(r => r.Coverage.Count);
            await output.WriteLineAsync($"{passed} passed, {failed} failed; {rows - uncovered} of {rows} rows covered").ConfigureAwait(false);
        }

        return failed == 0 && (uncovered == 0 || !line.Has("full-coverage")) ? 0 : 1;
    }

    private static async Task WriteAsync(string file, RulesetTestReport report, TextWriter output)
    {
        foreach (RulesetTestReport.CaseResult failed in report.Cases.Where(c => !c.Passed))
        {
            await output.WriteLineAsync($"{file}({failed.Line}): failed: {failed.Name}").ConfigureAwait(false);
            foreach (string failure in failed.Failures)
            {
                await output.WriteLineAsync($"    {failure}").ConfigureAwait(false);
            }
        }

        foreach (string row in report.Uncovered)
        {
            await output.WriteLineAsync($"{file}: not covered: {row}").ConfigureAwait(false);
        }

        await output.WriteLineAsync($"{report.Ruleset} {report.Version}: {report.Passed} passed, {report.Failed} failed, {report.Coverage.Count - report.Uncovered.Count} of {report.Coverage.Count} rows covered").ConfigureAwait(false);
    }
}
