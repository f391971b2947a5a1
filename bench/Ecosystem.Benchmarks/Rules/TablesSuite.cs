using System.Globalization;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;
using RulesEngine.Models;

namespace Ecosystem.Benchmarks.Rules;

/// <summary>Decision tables of 50 and 5,000 rows with three inputs.</summary>
internal sealed class TablesSuite : IBenchmarkSuite
{
    private static readonly string[] Regions = ["EMEA", "AMER", "APAC", "LATAM", "DACH"];

    private static readonly FeelOptions Strict = new()
    {
        Mode = FeelMode.Strict,
        Types = new FeelScope([new("points", FeelType.Number), new("region", FeelType.String), new("years", FeelType.Number)]),
    };

    public string Name => "tables";

    public string Description => "Decision tables of 50 and 5,000 rows, beside Microsoft's RulesEngine";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var definition = Define(10);
        var table = DecisionTable.Compile(definition, Strict);
        var facts = Enumerable.Range(0, 64).Select(i => new Dictionary<string, object?> { ["points"] = (decimal)(i * 37 % 100), ["region"] = Regions[i % 5], ["years"] = (decimal)(i % 7) }).ToArray();
        var (plain, bytes) = Measure.PerCall(i => table.Evaluate(facts[i & 63]));
        yield return new BenchmarkRow(Name, "50 rows, evaluations per second", 1e9 / plain, "1/s");
        yield return new BenchmarkRow(Name, "50 rows, allocated per evaluation", bytes, "B");
        var (traced, tracedBytes) = Measure.PerCall(i => table.EvaluateWithTrace(facts[i & 63]));
        yield return new BenchmarkRow(Name, "50 rows with trace, evaluations per second", 1e9 / traced, "1/s");
        yield return new BenchmarkRow(Name, "50 rows with trace, allocated per evaluation", tracedBytes, "B");
        var (compile, _) = Measure.PerCall(_ => DecisionTable.Compile(definition, Strict));
        yield return new BenchmarkRow(Name, "50 rows, parse and compile", compile / 1e6, "ms");
        cancellationToken.ThrowIfCancellationRequested();

        var large = DecisionTable.Compile(Define(1_000), Strict);
        var many = facts.Select((f, i) => new Dictionary<string, object?>(f) { ["points"] = (decimal)(i * 157 % 10_000) }).ToArray();
        var (big, _) = Measure.PerCall(i => large.Evaluate(many[i & 63]));
        yield return new BenchmarkRow(Name, "5,000 rows, evaluations per second", 1e9 / big, "1/s");
        yield return new BenchmarkRow(Name, "5,000 rows, time against 50 rows", big / plain, "x");

        var engine = new global::RulesEngine.RulesEngine([Workflow(10)]);
        var inputs = facts.Select(f => new RuleParameter("f", new Facts((decimal)f["points"]!, (string)f["region"]!, (decimal)f["years"]!))).ToArray();
        await engine.ExecuteAllRulesAsync("w", inputs[0]);
        var (peer, _) = Measure.PerCall(i => engine.ExecuteAllRulesAsync("w", inputs[i & 63]).AsTask().GetAwaiter().GetResult(), batches: 3);
        yield return new BenchmarkRow(Name, "50 rows, RulesEngine evaluations per second", 1e9 / peer, "1/s");
        yield return new BenchmarkRow(Name, "50 rows against RulesEngine", 1e9 / plain, "1/s", "RulesEngine", peer / plain);
        yield return new BenchmarkRow(Name, "50 rows with trace against RulesEngine", 1e9 / traced, "1/s", "RulesEngine", peer / traced);
        if (await ZenEngine.MeasureAsync(cancellationToken) is { } zen)
        {
            yield return new BenchmarkRow(Name, $"50 rows, Zen {zen.Version} evaluations per second", zen.PerSecond, "1/s");
            yield return new BenchmarkRow(Name, "50 rows against Zen", 1e9 / plain, "1/s", "@gorules/zen-engine", 1e9 / plain / zen.PerSecond);
            yield return new BenchmarkRow(Name, "50 rows with trace against Zen", 1e9 / traced, "1/s", "@gorules/zen-engine", 1e9 / traced / zen.PerSecond);
        }
        else
        {
            await Console.Error.WriteLineAsync("tables: the Zen engine is left out (npm ci --prefix bench/zen)");
        }
    }

    private static DecisionTableDefinition Define(int bands) => new()
    {
        Name = "bands",
        Inputs = [new TableInput("points", FeelType.Number), new TableInput("region", FeelType.String), new TableInput("years", FeelType.Number)],
        Outputs = [new TableOutput("discount", FeelType.Number)],
        Rows = [.. Rows(bands).Select(r => new TableRow(r.Id, [$"[{r.Low}..{r.High})", $"\"{r.Region}\"", ">= 0"], [r.Discount]))],
    };

    private static Workflow Workflow(int bands) => new()
    {
        WorkflowName = "w",
        Rules = [.. Rows(bands).Select(r => new Rule
        {
            RuleName = r.Id,
            SuccessEvent = r.Discount,
            Expression = $"f.points >= {r.Low} && f.points < {r.High} && f.region == \"{r.Region}\" && f.years >= 0",
        })],
    };

    private static IEnumerable<(string Id, int Low, int High, string Region, string Discount)> Rows(int bands) =>
        Enumerable.Range(0, bands).SelectMany(band => Regions.Select((region, i) =>
            ($"r{band}-{region}", band * 10, (band * 10) + 10, region, ((band * 5) + i).ToString(CultureInfo.InvariantCulture))));

    /// <summary>The facts as an object, which RulesEngine's lambda expressions read.</summary>
    public sealed record Facts(decimal points, string region, decimal years);
}
