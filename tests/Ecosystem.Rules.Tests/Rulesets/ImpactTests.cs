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
