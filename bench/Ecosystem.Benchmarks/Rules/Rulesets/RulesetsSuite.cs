using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Benchmarks.Rules.Rulesets;

/// <summary>Measures the shipped rulesets and an impact run over a million stored decisions.</summary>
internal sealed class RulesetsSuite : IBenchmarkSuite
{
    private const int Decisions = 1_000_000;

    public string Name => "rulesets";

    public string Description => "Shipped rulesets: evaluations per second with and without trace, parsing, impact over a million decisions";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Folder();
        foreach (string file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            string text = await File.ReadAllTextAsync(file, cancellationToken);
            var ruleset = Ruleset.Parse(text);
            yield return new BenchmarkRow(Name, $"{ruleset.Document.Name} with trace", PerSecond(ruleset, new RulesetOptions()), "1/s");
            yield return new BenchmarkRow(Name, $"{ruleset.Document.Name} without trace", PerSecond(ruleset, new RulesetOptions { Trace = false }), "1/s");
            long start = Stopwatch.GetTimestamp();
            Ruleset.Parse(text);
            yield return new BenchmarkRow(Name, $"{ruleset.Document.Name} parse and compile", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        }

        string plan = await File.ReadAllTextAsync(Path.Combine(folder, "incentive-plan.yaml"), cancellationToken);
        Ruleset from = Ruleset.Parse(plan), to = Ruleset.Parse(plan.Replace("baseRate: 12,", "baseRate: 13,", StringComparison.Ordinal).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));
        long began = Stopwatch.GetTimestamp();
        ImpactReport report = await RulesetImpact.RunAsync(from, to, Cases(), cancellation: cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        yield return new BenchmarkRow(Name, $"impact over {Decisions} stored decisions ({report.Changed} change)", seconds, "s", "the 30 s allowed", seconds / 30);
    }

    private static double PerSecond(Ruleset ruleset, RulesetOptions options)
    {
        RulesetTest[] tests = [.. ruleset.Document.Tests.Where(t => t.Error is null)];
        for (int i = 0; i < 2_000; i++)
        {
            ruleset.Evaluate(tests[i % tests.Length].Given, options);
        }

        long start = Stopwatch.GetTimestamp();
        int done = 0;
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 700)
        {
            for (int i = 0; i < 200; i++)
            {
                ruleset.Evaluate(tests[done++ % tests.Length].Given, options);
            }
        }

        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static IEnumerable<ImpactCase> Cases()
    {
        string[] tiers = ["registered", "silver", "gold", "platinum"], series = ["GTX", "GTK", "MG"];
        for (int i = 0; i < Decisions; i++)
        {
            yield return new ImpactCase(
                $"D{i:0000000}",
                $"partner-{i % 500}",
                new Dictionary<string, object?>
                {
                    ["event"] = "won",
                    ["eventOn"] = new DateOnly(2026, 1, 1).AddDays(i % 365),
                    ["tier"] = tiers[i % 4],
                    ["productSeries"] = series[i % 3],
                    ["amount"] = (decimal)(100 + (i % 30_000)),
                    ["currency"] = "USD",
                });
        }
    }

    private static string Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "rulesets", "incentive-plan.yaml")))
            {
                return Path.Combine(at.FullName, "rulesets");
            }
        }

        throw new DirectoryNotFoundException("The folder 'rulesets' was not found above the benchmarks.");
    }
}
