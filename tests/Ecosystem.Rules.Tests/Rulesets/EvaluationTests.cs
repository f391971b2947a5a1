using System.Text.Json;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class EvaluationTests
{
    private static readonly Ruleset Routing = Ruleset.Parse(Yaml.Table(
        "- { id: small, amount: \"< 10\", route: auto, because: \"{amount} is small for {tier}\" }\n- { id: gold, tier: gold, amount: \"< 100\", route: auto }\n- { id: rest, route: person }"));

    [Fact]
    public void Evaluate_Row_GivesOutputRowReasonAndValues()
    {
        RulesetResult result = Routing.Evaluate(Yaml.Inputs(("amount", 9.50m)));

        Assert.Equal("auto", result.Outputs["route"]);
        Assert.Equal(new RulesetHit("routing", "small", "9.5 is small for silver"), Assert.Single(result.Trace.Hits));
        Assert.Equal(9.50m, result.Trace.ValuesSeen["routing/amount"]);
        Assert.Equal(["9.5 is small for silver"], result.Trace.Reasons);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5L)]
    [InlineData(5.0)]
    public void Evaluate_AnyNumberOfNet_IsANumber(object amount) =>
        Assert.Equal("auto", Routing.Evaluate(Yaml.Inputs(("amount", amount))).Outputs["route"]);

    [Fact]
    public void Evaluate_JsonInputs_AreRead()
    {
        using var json = JsonDocument.Parse("{\"amount\": 50.5, \"tier\": \"gold\"}");

        Assert.Equal("auto", Routing.Evaluate(json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)).Outputs["route"]);
    }

    [Fact]
    public void Evaluate_MissingInput_NamesIt()
    {
        var failure = Assert.Throws<RulesetException>(() => Routing.Evaluate(Yaml.Inputs(("tier", "gold"))));

        Assert.Equal(("missing-input", "amount"), (failure.Diagnostics[0].Code, failure.Diagnostics[0].Path));
    }

    [Theory]
    [InlineData("amount", "12", "wrong-type")]
    [InlineData("amount", -1, "out-of-range")]
    [InlineData("tier", "glod", "not-allowed")]
    [InlineData("amuont", 1, "unknown-input")]
    public void Evaluate_InputThatDoesNotFit_NamesIt(string name, object value, string code)
    {
        Dictionary<string, object?> inputs = Yaml.Inputs(("amount", 1));
        inputs[name] = value;

        var failure = Assert.Throws<RulesetException>(() => Routing.Evaluate(inputs));

        Assert.Equal((code, name), (failure.Diagnostics[0].Code, failure.Diagnostics[0].Path));
    }

    [Theory]
    [InlineData("2024-02-29", true)]
    [InlineData("0001-01-01", true)]
    [InlineData("9999-12-31", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("2024-13-01", false)]
    [InlineData("2024-00-10", false)]
    [InlineData("2024-01-00", false)]
    [InlineData("0000-01-01", false)]
    [InlineData("2024-1-010", false)]
    [InlineData("2024/01/01", false)]
    [InlineData("2024-01-0a", false)]
    [InlineData("2024-01-01 ", false)]
    [InlineData("٢٠٢٤-01-01", false)]
    public void Evaluate_Day_HasToBeOneOfTheCalendar(string day, bool fits)
    {
        var ruleset = Ruleset.Parse("name: d\nversion: 1.0.0\nowner: o\ntitle: t\ninputs:\n  on: { type: date }\noutputs:\n  gives: { type: date }\nsections:\n  - id: v\n    values:\n      gives: on\n");

        if (fits)
        {
            Assert.Equal(day, ((DateOnly)ruleset.Evaluate(Yaml.Inputs(("on", day))).Outputs["gives"]!).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Equal("wrong-type", Assert.Throws<RulesetException>(() => ruleset.Evaluate(Yaml.Inputs(("on", day)))).Diagnostics[0].Code);
        }
    }

    [Fact]
    public void Evaluate_NoRowApplies_TellsWhatWasSeen()
    {
        var ruleset = Ruleset.Parse(Yaml.Table("- { id: small, amount: \"< 10\", route: auto }"));

        var failure = Assert.Throws<RulesetException>(() => ruleset.Evaluate(Yaml.Inputs(("amount", 10))));

        Assert.Contains("amount = 10", failure.Message, StringComparison.Ordinal);
        Assert.Equal("no-row-applies", failure.Diagnostics[0].Code);
    }

    [Fact]
    public void Evaluate_TwoRowsOfAUniqueTable_IsAnError()
    {
        var ruleset = Ruleset.Parse(Yaml.Table("- { id: a, amount: \"< 10\", route: auto }\n- { id: b, amount: \"< 20\", route: person }", hit: "unique"));

        Assert.Equal("several-rows-apply", Assert.Throws<RulesetException>(() => ruleset.Evaluate(Yaml.Inputs(("amount", 1)))).Diagnostics[0].Code);
        Assert.Equal("person", ruleset.Evaluate(Yaml.Inputs(("amount", 11))).Outputs["route"]);
    }

    [Fact]
    public void Evaluate_WithoutTrace_GivesTheSameOutputs()
    {
        foreach (string name in ShippedRulesetTests.Names.Select(n => n.Data))
        {
            var ruleset = Ruleset.Parse(RepositoryFiles.Read(name));
            foreach (RulesetTest test in ruleset.Document.Tests.Where(t => t.Error is null))
            {
                string traced = Show(ruleset.Evaluate(test.Given)), plain = Show(ruleset.Evaluate(test.Given, new RulesetOptions { Trace = false }));

                Assert.Equal(traced, plain);
            }
        }

        static string Show(RulesetResult result) => PlainWords.Of(result.Outputs);
    }

    [Fact]
    public void Evaluate_FromManyThreads_GivesTheSame()
    {
        var ruleset = Ruleset.Parse(RepositoryFiles.Read("conflict-split"));
        RulesetTest test = ruleset.Document.Tests[0];
        string expected = PlainWords.Of(ruleset.Evaluate(test.Given).Outputs);

        Parallel.For(0, 500, _ => Assert.Equal(expected, PlainWords.Of(ruleset.Evaluate(test.Given).Outputs)));
    }

    [Fact]
    public void Trace_ThroughJson_ComesBackEqual()
    {
        var ruleset = Ruleset.Parse(RepositoryFiles.Read("partner-tiering"));
        RulesetTrace trace = ruleset.Evaluate(ruleset.Document.Tests[0].Given).Trace;

        RulesetTrace back = RulesetTrace.FromJson(trace.ToJson());

        Assert.Equal(trace.Hits, back.Hits);
        Assert.Equal(trace.Reasons, back.Reasons);
        Assert.Equal(trace.ValuesSeen.Keys, back.ValuesSeen.Keys);
        Assert.Equal(trace.ToJson(), back.ToJson());
        Assert.Throws<JsonException>(() => RulesetTrace.FromJson("{\"ruleset\":\"x\"}"));
    }

    [Fact]
    public void Library_InForce_PicksTheVersionOfTheDay()
    {
        var library = new RulesetLibrary();
        string text = Yaml.Table("- { id: rest, route: person }");
        library.Add(Ruleset.Parse(text.Replace("version: 1.0.0", "version: 1.9.0\neffective: { from: 2026-01-01 }", StringComparison.Ordinal)));
        library.Add(Ruleset.Parse(text.Replace("version: 1.0.0", "version: 1.10.0\neffective: { from: 2026-07-01 }", StringComparison.Ordinal)));

        Assert.Equal("1.9.0", library.InForce("sample", new DateOnly(2026, 6, 30)).Document.Version);
        Assert.Equal("1.10.0", library.InForce("sample", new DateOnly(2026, 7, 1)).Document.Version);
        Assert.Equal("1.9.0", library.Get("sample", "1.9.0").Document.Version);
        var early = Assert.Throws<RulesetNotInForceException>(() => library.InForce("sample", new DateOnly(2025, 12, 31)));
        Assert.Contains("version 1.9.0 from 2026-01-01", early.Message, StringComparison.Ordinal);
        Assert.Contains("sample", Assert.Throws<RulesetNotInForceException>(() => library.InForce("other", default)).Message, StringComparison.Ordinal);
        Assert.True(library.Remove("sample", "1.9.0"));
        Assert.Throws<RulesetNotInForceException>(() => library.Get("sample", "1.9.0"));
    }

    [Theory]
    [InlineData("collect sum", "- { id: a, amount: \"> 1\", points: 2 }\n- { id: b, amount: \"> 5\", points: 3 }", 10, 5)]
    [InlineData("collect sum", "- { id: a, amount: \"> 1\", points: 2 }\n- { id: b, amount: \"> 5\", points: 3 }", 0, 0)]
    [InlineData("collect max", "- { id: a, amount: \"> 1\", points: 2 }\n- { id: b, amount: \"> 5\", points: 3 }", 10, 3)]
    [InlineData("collect min", "- { id: a, amount: \"> 1\", points: 2 }\n- { id: b, amount: \"> 5\", points: 3 }", 10, 2)]
    [InlineData("collect count", "- { id: a, amount: \"> 1\", points: 2 }\n- { id: b, amount: \"> 5\", points: 3 }", 10, 2)]
    public void Evaluate_Collect_Aggregates(string hit, string rows, int amount, int expected)
    {
        string yaml = Yaml.Table(rows, hit).Replace("route: { type: text, oneOf: [auto, person] }", "points: { type: number }", StringComparison.Ordinal).Replace("outputs: [route]", "outputs: [points]", StringComparison.Ordinal);

        Assert.Equal((decimal)expected, Ruleset.Parse(yaml).Evaluate(Yaml.Inputs(("amount", amount))).Outputs["points"]);
    }
}
