using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class ShippedRulesetTests
{
    public static TheoryData<string> Names =>
    [
        "onboarding-screening", "deal-approval-routing", "conflict-detection", "conflict-split", "attribution-split", "partner-tiering",
        "incentive-plan", "engagement-policy", "re-enablement-trigger", "micro-grant",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_Tests_PassAndCoverEveryRow(string name)
    {
        var ruleset = Ruleset.Parse(RepositoryFiles.Read(name), name);

        RulesetTestReport report = RulesetTestRunner.Run(ruleset);

        Assert.Equal(name, ruleset.Document.Name);
        Assert.Empty(report.Cases.Where(c => !c.Passed).Select(c => $"{c.Name}: {string.Join("; ", c.Failures)}"));
        Assert.Empty(report.Uncovered);
        Assert.NotEmpty(report.Cases);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_Analysis_IsClean(string name)
    {
        var ruleset = Ruleset.Parse(RepositoryFiles.Read(name), name);

        Assert.Empty(RulesetAnalysis.Analyze(ruleset).Where(f => f.Severity != RulesetSeverity.Info).Select(f => f.Format(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_Layout_IsTheFormattersOwn(string name)
    {
        string text = RepositoryFiles.Read(name);

        Assert.Equal(text, RulesetFormatter.Format(text));
    }

    [Fact]
    public void Schema_InRepository_IsThePublishedOne() =>
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryFiles.Rulesets, "ruleset.schema.json")), RulesetSchema.Json);
}
