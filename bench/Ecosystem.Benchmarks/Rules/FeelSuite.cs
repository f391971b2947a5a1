using Ecosystem.Rules.Feel;
using RulesEngine.Models;

namespace Ecosystem.Benchmarks.Rules;

/// <summary>FEEL: parsing, and evaluation of the shapes that rulesets are made of.</summary>
internal sealed class FeelSuite : IBenchmarkSuite
{
    private const string Condition = "points >= 70 and region = \"EMEA\" and (certified or years > 2)";

    public string Name => "feel";

    public string Description => "FEEL parse and evaluate, beside Microsoft's RulesEngine";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, object?> { ["points"] = 82m, ["region"] = "EMEA", ["certified"] = false, ["years"] = 3m, ["list"] = Enumerable.Range(0, 100).Select(i => (object?)(decimal)i).ToList() };
        foreach (var (name, text, mode) in new[]
        {
            ("comparison: points >= 70", "points >= 70", FeelMode.Dmn),
            ("condition of four tests", Condition, FeelMode.Dmn),
            ("condition of four tests, strict and typed", Condition, FeelMode.Strict),
            ("arithmetic: (points * 1.5 + years) / 4", "(points * 1.5 + years) / 4", FeelMode.Dmn),
            ("filter and sum over 100 numbers", "sum(list[item > 50])", FeelMode.Dmn),
        })
        {
            var scope = new FeelScope([new("points", FeelType.Number), new("region", FeelType.String), new("certified", FeelType.Boolean), new("years", FeelType.Number), new("list", FeelType.List(FeelType.Number))]);
            var expression = FeelExpression.Parse(text, new FeelOptions { Mode = mode, Types = mode == FeelMode.Strict ? scope : null });
            var (nanoseconds, bytes) = Measure.PerCall(_ => expression.Evaluate(facts));
            yield return new BenchmarkRow(Name, name, nanoseconds, "ns");
            yield return new BenchmarkRow(Name, name + ", allocated", bytes, "B");
            cancellationToken.ThrowIfCancellationRequested();
        }

        var (parse, _) = Measure.PerCall(_ => FeelExpression.Parse(Condition));
        yield return new BenchmarkRow(Name, "parse and compile of the condition", parse / 1_000, "us");

        var engine = new global::RulesEngine.RulesEngine([new Workflow { WorkflowName = "w", Rules = [new Rule { RuleName = "r", Expression = "f.points >= 70 && f.region == \"EMEA\" && (f.certified || f.years > 2)" }] }]);
        var input = new RuleParameter("f", new Facts(82m, "EMEA", false, 3m));
        await engine.ExecuteAllRulesAsync("w", input);
        var (peer, _) = Measure.PerCall(_ => engine.ExecuteAllRulesAsync("w", input).AsTask().GetAwaiter().GetResult());
        var own = FeelExpression.Parse(Condition);
        var (ours, _) = Measure.PerCall(_ => own.IsTrue(facts));
        yield return new BenchmarkRow(Name, "condition of four tests, RulesEngine", peer, "ns");
        yield return new BenchmarkRow(Name, "condition of four tests, evaluations per second", 1e9 / ours, "1/s", "RulesEngine", peer / ours);
    }

    /// <summary>The facts as an object, which RulesEngine's lambda expressions read.</summary>
    public sealed record Facts(decimal points, string region, bool certified, decimal years);
}
