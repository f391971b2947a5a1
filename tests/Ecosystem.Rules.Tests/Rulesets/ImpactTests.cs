using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class ImpactTests
{
    private static readonly string Plan = RepositoryFiles.Read("incentive-plan");
    private static readonly Ruleset From = Ruleset.Parse(Plan);
    private static readonly Ruleset To = Ruleset.Parse(Plan.Replace("baseRate: 10, because: Gold", "baseRate: 11, because: Gold", StringComparison.Ordinal).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));

    [Fact]
    public async Task Run_RaisedRate_TellsForWhomAndHowMuch()
    {
        ImpactReport report = await RulesetImpact.RunAsync(From, To, Cases(4000), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((4000, 1000, 0), (report.Total, report.Changed, report.Failed));
        Assert.Equal(10_000m, report.MoneyAfter - report.MoneyBefore);
        Assert.Equal([new ImpactSubject("p2", 1000, 100_000, 110_000)], report.Subjects);
        Assert.Contains(new ImpactTransition("rate", "10", "11", 1000), report.Transitions);
    }

    [Fact]
    public async Task Run_AnyNumberOfThreads_GivesTheSameReport()
    {
        ImpactReport one = await RulesetImpact.RunAsync(From, To, Cases(3000), new ImpactOptions { Parallelism = 1, KeepChanges = 50 }, TestContext.Current.CancellationToken);
        ImpactReport many = await RulesetImpact.RunAsync(From, To, Cases(3000), new ImpactOptions { Parallelism = 8, KeepChanges = 50 }, TestContext.Current.CancellationToken);

        Assert.Equal(one.ToCsv(), many.ToCsv());
        Assert.Equal(one.Transitions, many.Transitions);
        Assert.Equal(50, many.Changes.Count);
    }

    [Fact]
    public async Task Run_InputsThatOneVersionRefuses_AreCountedAsFailed()
    {
        Ruleset strict = Ruleset.Parse(Plan.Replace("currency: { type: text,", "currency: { type: text, oneOf: [EUR],", StringComparison.Ordinal));

        ImpactReport report = await RulesetImpact.RunAsync(From, strict, Cases(4), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((4, 4), (report.Changed, report.Failed));
        Assert.All(report.Changes, c => Assert.Equal("error", Assert.Single(c.Differences).Output));
    }

    [Fact]
    public async Task Run_NothingInMoney_NamesFirstForWhomMostChanges()
    {
        const string Sizes = """
            name: sizes
            title: Sizes
            owner: tests
            version: 1.0.0
            inputs:
              n: { type: number }
            outputs:
              size: { type: text }
            sections:
              - id: size
                values:
                  size: 'if n > 5 then "big" else "small"'
            """;
        Ruleset after = Ruleset.Parse(Sizes.Replace("n > 5", "n > 2", StringComparison.Ordinal));
        IEnumerable<ImpactCase> cases = Enumerable.Range(0, 12).Select(i => new ImpactCase($"d{i:00}", i < 4 ? "a" : "b", Yaml.Inputs(("n", (decimal)(i % 6)))));

        ImpactReport report = await RulesetImpact.RunAsync(Ruleset.Parse(Sizes), after, cases, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["b", "a"], report.Subjects.Select(s => s.Subject));
        Assert.Equal([5L, 1L], report.Subjects.Select(s => s.Changed));
    }

    [Fact]
    public async Task Run_MoreDifferentChangesThanAreTold_CountsTheRestTogether()
    {
        IEnumerable<ImpactCase> cases = Enumerable.Range(1, 6000).Select(i => new ImpactCase($"d{i}", "p", Yaml.Inputs(
            ("event", "won"), ("eventOn", new DateOnly(2017, 3, 1)), ("tier", "gold"), ("productSeries", "GTX"), ("amount", i * 100m), ("currency", "USD"))));

        ImpactReport report = await RulesetImpact.RunAsync(From, To, cases, new ImpactOptions { Parallelism = 1 }, TestContext.Current.CancellationToken);

        Assert.Equal(6000, report.Transitions.Where(t => t.Output == "earned").Sum(t => t.Count));
        Assert.Contains(report.Transitions, t => t.Output == "earned" && t.Before == ImpactTransition.Others && t.Count > 0);
    }

    [Fact]
    public void Csv_FormulaInAName_StaysAText()
    {
        var report = new ImpactReport("r", "1", "2") { Changes = [new ImpactChange("d", "=1+1, \"x\"", [new ImpactDifference("o", "-5", "@a")], 1, 2)] };

        Assert.Equal("d,\"'=1+1, \"\"x\"\"\",o,-5,'@a,1,2,1", report.ToCsv().Split("\r\n")[1]);
    }

    private static IEnumerable<ImpactCase> Cases(int count)
    {
        string[] tiers = ["registered", "silver", "gold", "platinum"];
        for (int i = 0; i < count; i++)
        {
            yield return new ImpactCase($"d{i:00000}", $"p{i % 4}", Yaml.Inputs(
                ("event", "won"), ("eventOn", new DateOnly(2017, 3, 1)), ("tier", tiers[i % 4]), ("productSeries", "GTX"), ("amount", 1000m), ("currency", "USD")));
        }
    }
}
