using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class RulesSectionTests
{
    private const string Types = """
        types:
          partner: { id: text, tier: text }
          deal: { partner: text, amount: number }
          finding: { who: text, what: text }
        inputs:
          partners: { type: list of partner, default: [] }
          deals: { type: list of deal, default: [] }
        outputs:
          findings: { type: list of finding, default: [] }
          verdict: { type: text, oneOf: [good, bad, none], default: none }

        """;

    private static readonly object[] Partners = [Record(("id", "a"), ("tier", "gold")), Record(("id", "b"), ("tier", "silver"))];

    private static readonly object[] Deals = [Record(("partner", "a"), ("amount", 10)), Record(("partner", "a"), ("amount", 20)), Record(("partner", "c"), ("amount", 5))];

    [Fact]
    public void Match_Join_FiresOncePerPair()
    {
        RulesetResult result = Run("""
            - id: pair
              when:
                - { match: p in partners }
                - { match: d in deals, where: d.partner = p.id }
              then: { insert: { findings: { who: p.id, what: string(d.amount) } } }
              because: "{p.id} has a deal of {d.amount}"
            """);

        Assert.Equal(["a has a deal of 10", "a has a deal of 20"], result.Trace.Reasons);
    }

    [Theory]
    [InlineData("{ exists: d in deals, where: d.partner = p.id }", "a")]
    [InlineData("{ none: d in deals, where: d.partner = p.id }", "b")]
    [InlineData("{ all: d in deals, where: d.partner != p.id }", "b")]
    public void Quantifier_PerPartner_SelectsTheRightOnes(string condition, string expected)
    {
        RulesetResult result = Run($$"""
            - id: one
              when: [{ match: p in partners }, {{condition}}]
              then: { insert: { findings: { who: p.id, what: '"x"' } } }
            """);

        Assert.Equal(expected, Assert.Single(Who(result)));
    }

    [Theory]
    [InlineData("{ sum: d.amount, of: d in deals, where: d.partner = p.id, as: n }", "30", "0")]
    [InlineData("{ count: d in deals, where: d.partner = p.id, as: n }", "2", "0")]
    public void Aggregate_PerPartner_IsComputed(string condition, string ofA, string ofB)
    {
        RulesetResult result = Run($$"""
            - id: total
              when: [{ match: p in partners }, {{condition}}]
              then: { insert: { findings: { who: p.id, what: string(n) } } }
              because: "{p.id} {n}"
            """);

        Assert.Equal([$"a {ofA}", $"b {ofB}"], result.Trace.Reasons);
    }

    [Fact]
    public void Insert_SeenByLaterRules_Chains()
    {
        RulesetResult result = Run("""
            - id: judge
              when: [{ exists: f in findings, where: f.who = "a" }]
              then: { decide: { verdict: bad } }
              because: a was found
            - id: find
              when: [{ match: p in partners, where: p.tier = "gold" }]
              then: { insert: { findings: { who: p.id, what: because } } }
              because: "{p.id} is gold"
            """);

        Assert.Equal("bad", result.Outputs["verdict"]);
        Assert.Equal(["find", "judge"], result.Trace.Hits.Select(h => h.Row));
    }

    [Fact]
    public void Decide_TwoWays_IsAnErrorThatNamesBoth()
    {
        var failure = Assert.Throws<RulesetException>(() => Run("""
            - { id: yes, when: count(partners) > 0, then: { decide: { verdict: good } } }
            - { id: no, when: count(deals) > 0, then: { decide: { verdict: bad } } }
            """));

        Assert.Equal("conflicting-decisions", failure.Diagnostics[0].Code);
        Assert.Contains("'yes' and 'no'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_HigherPriority_Wins()
    {
        RulesetResult result = Run("""
            - { id: low, when: count(partners) > 0, then: { decide: { verdict: good } } }
            - { id: high, priority: 1, when: count(deals) > 0, then: { decide: { verdict: bad } } }
            """);

        Assert.Equal("bad", result.Outputs["verdict"]);
    }

    [Fact]
    public void Set_WorkingValue_JudgesReadersAgain()
    {
        RulesetResult result = Run("""
            - { id: judge, when: 'if level = null then false else level > 1', then: { decide: { verdict: bad } } }
            - { id: raise, when: count(deals) > 2, then: { set: { level: count(deals) } } }
            """);

        Assert.Equal("bad", result.Outputs["verdict"]);
    }

    [Fact]
    public void Nothing_Matches_KeepsDefaults()
    {
        RulesetResult result = Ruleset.Parse(Document("- { id: never, when: count(partners) > 9, then: { decide: { verdict: bad } } }")).Evaluate(new Dictionary<string, object?>());

        Assert.Equal("none", result.Outputs["verdict"]);
        Assert.Empty(result.Trace.Hits);
    }

    [Fact]
    public void Rules_ThatFeedThemselves_AreStopped()
    {
        var failure = Assert.Throws<RulesetException>(() => Run("""
            - id: endless
              when: [{ match: f in findings }]
              then: { insert: { findings: { who: f.who, what: '"x"' } } }
            - id: begin
              when: count(partners) > 0
              then: { insert: { findings: { who: '"a"', what: '"x"' } } }
            """));

        Assert.Equal("endless", failure.Diagnostics[0].Code);
    }

    [Fact]
    public void Decide_UnknownOutput_IsRefused() => Yaml.Fails(Document("- { id: x, when: count(deals) > 0, then: { decide: { verdikt: bad } } }"), "unknown-output");

    private static RulesetResult Run(string rules) => Ruleset.Parse(Document(rules)).Evaluate(Yaml.Inputs(("partners", Partners), ("deals", Deals)));

    private static IEnumerable<object?> Who(RulesetResult result) =>
        ((IReadOnlyList<object?>)result.Outputs["findings"]!).Select(f => ((IReadOnlyDictionary<string, object?>)f!)["who"]);

    private static string Document(string rules) => Yaml.Head + Types + "sections:\n  - id: rules\n    rules:\n" + string.Join('\n', rules.Split('\n').Select(l => "      " + l));

    private static Dictionary<string, object?> Record(params (string, object?)[] fields) => Yaml.Inputs(fields);
}
