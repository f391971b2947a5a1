using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class AnalysisTests
{
    [Theory]
    [InlineData("unique", "- { id: a, amount: \"< 10\", route: auto }\n- { id: b, amount: \"> 10\", route: person }", "gap", "No row applies when amount is 10")]
    [InlineData("first", "- { id: a, tier: gold, route: auto }\n- { id: b, amount: \"[0..5)\", route: person }", "gap", "No row applies when amount is at least 5 and tier is silver")]
    [InlineData("unique", "- { id: a, amount: \"< 10\", route: auto }\n- { id: b, amount: \">= 5\", route: person }", "overlap", "Rows 'a' and 'b' both apply when amount is 5 and give different results")]
    [InlineData("first", "- { id: a, amount: \"< 10\", route: auto }\n- { id: b, amount: \">= 10\", route: person }\n- { id: c, tier: gold, route: auto }", "shadowed", "Row 'c' never applies, because 'a', 'b' before it already take everything it accepts")]
    [InlineData("first", "- { id: a, amount: \"< 0\", route: auto }\n- { id: b, route: person }", "impossible-row", "Row 'a' can never apply: no possible value of 'amount' fits < 0")]
    [InlineData("first", "- { id: a, tier: gold, route: auto }\n- { id: b, amount: \"> 1\", route: auto }\n- { id: c, route: auto }", "unreachable-output", "Nothing ever gives route the value 'person'")]
    public void Analyze_FaultyTable_IsFoundWithAFix(string hit, string rows, string code, string message)
    {
        RulesetDiagnostic found = Assert.Single(Analyze(Yaml.Table(rows, hit)), f => f.Code == code);

        Assert.Equal(message, found.Message);
        Assert.NotNull(found.Fix);
        Assert.True(found.Line > 0);
    }

    [Theory]
    [InlineData("unique", "- { id: a, amount: \"< 10\", route: auto }\n- { id: b, amount: \">= 10\", tier: gold, route: auto }\n- { id: c, amount: \">= 10\", tier: not(gold), route: person }")]
    [InlineData("first", "- { id: a, amount: \"[0..5]\", tier: gold, route: auto }\n- { id: b, route: person }")]
    public void Analyze_SoundTable_IsClean(string hit, string rows) => Assert.Empty(Analyze(Yaml.Table(rows, hit)));

    [Fact]
    public void Analyze_ManyRows_StaysQuickAndExact()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"- {{ id: r{i}, amount: \"[{i}..{i + 1})\", route: {(i % 2 == 0 ? "auto" : "person")} }}"));

        RulesetDiagnostic gap = Assert.Single(Analyze(Yaml.Table(rows, "unique")), f => f.Code != "unused-input");

        Assert.Equal("No row applies when amount is at least 300", gap.Message);
    }

    [Fact]
    public void Analyze_UnusedInputAndValue_AreFound()
    {
        IReadOnlyList<RulesetDiagnostic> found = Analyze(Yaml.Head + "inputs: { a: number, b: number }\noutputs: { c: number }\nsections:\n  - id: s\n    values: { c: a, d: a + 1 }\n");

        Assert.Equal(["unused-input", "unused-value"], found.Select(f => f.Code).Order());
    }

    [Fact]
    public void NeverHit_RowsWithoutHits_AreNamed()
    {
        var ruleset = Ruleset.Parse(Yaml.Table("- { id: a, amount: 1, route: auto }\n- { id: b, route: person }"));

        RulesetDiagnostic found = Assert.Single(RulesetAnalysis.NeverHit(ruleset.Document, new Dictionary<string, long> { ["routing/b"] = 7 }, "the last 90 days"));

        Assert.Equal(("never-hit", "routing/a"), (found.Code, found.Path));
    }

    [Fact]
    public void Dependencies_OfTheShippedRulesets_Fit()
    {
        RulesetLibrary library = RulesetLibrary.LoadFolder(RepositoryFiles.Rulesets);
        var day = new DateOnly(2026, 11, 24);

        Assert.Empty(RulesetDependencies.Check(library, day));
        Assert.Contains(new RulesetDependency("deal-approval-routing", "conflict", "conflict-detection", "level"), RulesetDependencies.Of(library, day));
    }

    [Fact]
    public void Dependencies_WrongOutput_IsFound()
    {
        var library = new RulesetLibrary();
        library.Add(Ruleset.Parse(RepositoryFiles.Read("conflict-detection")));
        library.Add(Ruleset.Parse(RepositoryFiles.Read("deal-approval-routing").Replace("from: conflict-detection.level", "from: conflict-detection.score", StringComparison.Ordinal)));

        Assert.Equal("dependency-type", Assert.Single(RulesetDependencies.Check(library, DateOnly.MaxValue)).Code);
    }

    private static IReadOnlyList<RulesetDiagnostic> Analyze(string yaml) => [.. RulesetAnalysis.Analyze(Ruleset.Parse(yaml)).Where(f => f.Code != "unused-input" || yaml.Contains("a: number", StringComparison.Ordinal))];
}
