using System.Diagnostics;
using System.Text.Json;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

/// <summary>Documents and inputs written to use up time or memory: what a draft of somebody else may be, checked and evaluated as it stands.</summary>
public sealed class HostileRulesetTests
{
    private const string Head = """
        name: hostile
        title: Hostile
        owner: nobody
        version: 1.0.0
        inputs:
          list: { type: list of any }
          n: { type: number, required: false }
        outputs:
          result: { type: any, required: false }
        sections:

        """;

    [Theory]
    [InlineData("""
          - id: found
            rules:
              - id: three
                when: [ { match: a in list }, { match: b in list }, { match: c in list } ]
                then: { decide: { result: 1 } }
        """, "combinations of facts, 'three' among them")]
    [InlineData("""
          - id: found
            rules:
              - id: endless
                when: [ { match: a in list } ]
                then: { insert: { list: "a + 1" } }
        """, "")]
    [InlineData("""
          - id: found
            rules:
              - id: growing
                when: [ { match: a in list } ]
                then: { insert: { list: 'if string length(string(a)) < 9 then "123456789" else a + a' } }
        """, "The expression was stopped")]
    [InlineData("""
          - id: found
            each: party in list
            table:
              into: result
              hit: first
              inputs: { n: "count(for i in 1..2000 return i)" }
              outputs: [found]
              rows:
                - { id: all, found: "for i in 1..2000000 return i" }
        """, "The expression was stopped")]
    [InlineData("""
          - id: found
            values:
              result: 'for i in list return every x in 1..9000 satisfies x > 0'
        """, "The expression was stopped")]
    [InlineData("""
          - id: found
            values:
              result: 'for i in 1..1500000 return i'
        """, "at most 1000000 can be given")]
    [InlineData("""
          - id: found
            each: party in list
            table:
              into: result
              hit: first
              inputs: { n: "count(for i in 1..9000 return string(i))" }
              outputs: [found]
              rows:
                - { id: all, found: 1 }
        """, "The expression was stopped")]
    public void Evaluate_HostileSections_StopsWithTheLimit(string sections, string limit)
    {
        var ruleset = Ruleset.Parse(Head + sections + "\n");
        var inputs = new Dictionary<string, object?> { ["list"] = Enumerable.Range(0, 2_000).Select(i => (object?)(decimal)i).ToArray() };
        var started = Stopwatch.GetTimestamp();
        var failure = Assert.Throws<RulesetException>(() => ruleset.Evaluate(inputs));
        Assert.Contains(limit, failure.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)}: {failure.Message}");
    }

    [Theory]
    [InlineData("{\"n\": 1e400, \"list\": []}", "'n'")]
    [InlineData("{\"n\": 1, \"list\": [{\"a\": 1e400}]}", "outside what a decimal holds")]
    [InlineData("{\"n\": 1, \"n\": 2, \"list\": []}", "'n' is given twice")]
    public void Evaluate_HostileJson_IsRefusedWithItsPlace(string json, string expected)
    {
        var ruleset = Ruleset.Parse(Head + "  - id: found\n    values: { result: n }\n");
        var failure = Assert.Throws<RulesetException>(() => ruleset.Evaluate(RulesetInputs.Of(JsonDocument.Parse(json).RootElement)));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_DeepResult_IsRefusedAndNeverPartOfTheTrace()
    {
        var deep = Ruleset.Parse(Head + "  - id: found\n    values: { result: 'for i in 1..100 return if i = 1 then [] else [partial[-1]]' }\n");
        Assert.Contains("levels deep", Assert.Throws<RulesetException>(() => deep.Evaluate(new Dictionary<string, object?> { ["list"] = Array.Empty<object>() })).Message, StringComparison.Ordinal);
        var seen = Ruleset.Parse(Head + """
              - id: found
                table:
                  hit: first
                  inputs: { n: "for i in 1..100 return if i = 1 then [] else [partial[-1]]" }
                  outputs: [result]
                  rows:
                    - { id: all, result: 1 }
            """ + "\n");
        Assert.Contains("too many to keep", seen.Evaluate(new Dictionary<string, object?> { ["list"] = Array.Empty<object>() }).Trace.ToJson(), StringComparison.Ordinal);
    }

    /// <summary>The index is built in time with the rows, not with their square: 20,000 overlapping ranges once took minutes.</summary>
    [Fact]
    public void Parse_TableOfVeryManyRows_IsReadSoonAndBeyondTheLimitRefused()
    {
        string Table(int rows) => Head.Replace("list: { type: list of any }", "a: { type: number }", StringComparison.Ordinal) + "  - id: t\n    table:\n      hit: first\n      inputs: [a]\n      outputs: [result]\n      rows:\n"
            + string.Concat(Enumerable.Range(0, rows).Select(i => $"        - {{ id: r{i}, a: \"[{i * 2}..{(i * 2) + rows}]\", result: {i} }}\n"));
        var started = Stopwatch.GetTimestamp();
        var ruleset = Ruleset.Parse(Table(20_000));
        Assert.Equal(5_000m, ruleset.Evaluate(new Dictionary<string, object?> { ["a"] = 30_000m }).Outputs["result"]);
        Assert.Null(Ruleset.TryParse(Table(20_001), out var findings));
        Assert.Equal("too-many-rows", findings[0].Code);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)}");
    }

    [Fact]
    public void Diff_TextsWithNothingInCommon_EndsSoonAndIsWhole()
    {
        var random = new Random(5);
        var texts = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, random.Next(0, 40)).Select(_ => $"k{random.Next(12)}").ToArray()).ToList();
        texts.Add([.. Enumerable.Range(0, 20_000).Select(i => $"a{i}")]);
        texts.Add([.. Enumerable.Range(0, 20_000).Select(i => $"b{i}")]);
        for (int i = 0; i + 1 < texts.Count; i++)
        {
            var steps = LineDiff.Compute(texts[i], texts[i + 1]);
            Assert.Equal(texts[i], steps.Where(s => s.Kind != '+').Select(s => s.Line));
            Assert.Equal(texts[i + 1], steps.Where(s => s.Kind != '-').Select(s => s.Line));
        }

        Assert.Equal(3, LineDiff.Compute(["a", "b", "c", "d"], ["a", "c", "x", "d"]).Count(s => s.Kind == ' '));
    }

    [Fact]
    public void Evaluate_AllocationAmongVeryMany_IsRefusedAndAmongManyEndsSoon()
    {
        var ruleset = Ruleset.Parse(Head + """
              - id: shares
                allocation:
                  into: result
                  over: list
                  as: party
                  key: string(party)
                  weight: party / 7 + 1
            """ + "\n");
        var started = Stopwatch.GetTimestamp();
        var result = ruleset.Evaluate(Numbers(5_000));
        Assert.Equal(100m, ((IReadOnlyList<object?>)result.Outputs["result"]!).Sum(r => (decimal)((IReadOnlyDictionary<string, object?>)r!)["share"]!));
        Assert.Contains("too many to divide", Assert.Throws<RulesetException>(() => ruleset.Evaluate(Numbers(20_000))).Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)}");

        static Dictionary<string, object?> Numbers(int count) => new() { ["list"] = Enumerable.Range(0, count).Select(i => (object?)(decimal)i).ToArray() };
    }

    [Fact]
    public void Check_VeryLargeTables_EndsSoon()
    {
        var random = new Random(3);
        var rows = string.Join("\n", Enumerable.Range(0, 3_000).Select(i => $"          - {{ id: r{i}, a: \"[{i}..{i + random.Next(1, 900)})\", b: \"> {random.Next(3_000)}\", c: \"< {random.Next(3_000)}\", result: {i} }}"));
        var text = Head.Replace("list: { type: list of any }", "a: { type: number }\n  b: { type: number }\n  c: { type: number }", StringComparison.Ordinal).Replace("\n  n: { type: number, required: false }", "", StringComparison.Ordinal)
            + "  - id: large\n    table:\n      hit: first\n      inputs: [a, b, c]\n      outputs: [result]\n      rows:\n" + rows.Replace("          - ", "        - ", StringComparison.Ordinal) + "\n";
        foreach (var hit in new[] { "first", "unique" })
        {
            var started = Stopwatch.GetTimestamp();
            var ruleset = Ruleset.Parse(text.Replace("hit: first", $"hit: {hit}", StringComparison.Ordinal));
            Assert.NotEmpty(RulesetAnalysis.Analyze(ruleset));
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{hit}: {Stopwatch.GetElapsedTime(started)}");
        }
    }

    [Theory]
    [InlineData("x: [", "[", 100_000, "deeper than 40")]
    [InlineData("", "- a\n", 300_000, "")]
    [InlineData("", "k: {a: b}\n", 100_000, "")]
    [InlineData("name: ", "a", 3_000_000, "")]
    [InlineData("a: &a [b, b]\nb: ", "*a ", 1, "references")]
    [InlineData("", "? ", 100_000, "")]
    [InlineData("sections:\n", "  - id: s\n    values: { v: 'x +' }\n", 20_000, "more findings")]
    public void Read_HostileText_IsRefusedSoon(string start, string piece, int times, string expected)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.Null(Ruleset.TryParse(start + string.Concat(Enumerable.Repeat(piece, times)), out var findings));
        Assert.InRange(findings.Count, 1, 210);
        Assert.Contains(findings, f => f.Message.Contains(expected, StringComparison.Ordinal));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)}");
    }
}
