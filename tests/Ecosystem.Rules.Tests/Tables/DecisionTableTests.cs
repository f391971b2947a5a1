using CsCheck;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Tests.Tables;

public sealed class DecisionTableTests
{
    private static readonly FeelOptions Strict = new()
    {
        Mode = FeelMode.Strict,
        Types = new FeelScope([new("points", FeelType.Number), new("region", FeelType.String)]),
    };

    private static DecisionTableDefinition Tiers(HitPolicy policy, params TableRow[] rows) => new()
    {
        Name = "tiers",
        HitPolicy = policy,
        Inputs = [new TableInput("points", FeelType.Number), new TableInput("region", FeelType.String)],
        Outputs = [new TableOutput("tier", FeelType.String, "\"Gold\", \"Silver\", \"Member\"")],
        Rows = rows,
    };

    private static TableRow Row(string id, string points, string region, string tier) => new(id, [points, region], [tier]);

    private static Dictionary<string, object?> Facts(object? points, object? region = null) => new() { ["points"] = points, ["region"] = region ?? "EMEA" };

    [Fact]
    public void Evaluate_UniqueRowMatches_GivesItsOutputAndNamesItInTheTrace()
    {
        var table = DecisionTable.Compile(Tiers(HitPolicy.Unique, Row("r1", ">= 70", "-", "\"Gold\""), Row("r2", "[30..70)", "-", "\"Silver\""), Row("r3", "< 30", "-", "\"Member\"")), Strict);
        Assert.Equal("Silver", table.Evaluate(Facts(42)));
        var result = table.EvaluateWithTrace(Facts(70));
        Assert.Equal("Gold", result.Value);
        Assert.Equal("r1", Assert.Single(result.Hits).RowId);
        Assert.Equal(("points", 70m), (result.Inputs[0].Label, result.Inputs[0].Value));
    }

    [Theory]
    [InlineData(HitPolicy.First, "\"Member\"")]
    [InlineData(HitPolicy.Priority, "\"Gold\"")]
    [InlineData(HitPolicy.RuleOrder, "[\"Member\", \"Gold\", \"Silver\"]")]
    [InlineData(HitPolicy.OutputOrder, "[\"Gold\", \"Silver\", \"Member\"]")]
    [InlineData(HitPolicy.Collect, "[\"Member\", \"Gold\", \"Silver\"]")]
    [InlineData(HitPolicy.CollectMin, "\"Gold\"")]
    [InlineData(HitPolicy.CollectMax, "\"Silver\"")]
    [InlineData(HitPolicy.CollectCount, "3")]
    public void Evaluate_SeveralRowsMatch_PolicyDecides(HitPolicy policy, string expected)
    {
        var table = DecisionTable.Compile(Tiers(policy, Row("r1", "> 1", "-", "\"Member\""), Row("r2", "> 2", "-", "\"Gold\""), Row("r3", "> 3", "\"EMEA\"", "\"Silver\"")), Strict);
        Assert.Equal(expected, FeelText.Literal(FeelBoundary.FromClr(table.Evaluate(Facts(9)))));
    }

    [Fact]
    public void Evaluate_UniqueTableWithTwoHits_StrictNamesTheRows()
    {
        var table = Tiers(HitPolicy.Unique, Row("r1", "> 1", "-", "\"Member\""), Row("r2", "> 2", "-", "\"Gold\""));
        var error = Assert.Throws<DecisionTableException>(() => DecisionTable.Compile(table, Strict).Evaluate(Facts(9)));
        Assert.Contains("'r1', 'r2'", error.Message, StringComparison.Ordinal);
        Assert.Null(DecisionTable.Compile(table).Evaluate(Facts(9)));
    }

    [Fact]
    public void Evaluate_MissingInput_StrictNamesIt()
    {
        var table = DecisionTable.Compile(Tiers(HitPolicy.Unique, Row("r1", "> 1", "-", "\"Member\"")), Strict);
        Assert.Contains("'points'", Assert.Throws<DecisionTableException>(() => table.Evaluate(Facts(null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_BadCells_NamesRowAndColumn()
    {
        var error = Assert.Throws<DecisionTableException>(() => DecisionTable.Compile(Tiers(HitPolicy.Unique, Row("r1", "> \"x\"", "-", "\"Platinum\""), Row("r2", "[1..", "5", "\"Gold\"")), Strict));
        Assert.Equal(["r1/0", "r2/0", "r2/1", "r1/0"], error.Diagnostics.Select(d => $"{d.RowId}/{d.Column}"));
        Assert.True(error.Diagnostics[3].IsOutput);
    }

    [Fact]
    public void Evaluate_DefaultOutput_UsedWhenNoRowMatches()
    {
        var table = DecisionTable.Compile(Tiers(HitPolicy.Unique, Row("r1", "> 50", "-", "\"Gold\"")) with { Outputs = [new TableOutput("tier", Default: "\"Member\"")] });
        var result = table.EvaluateWithTrace(Facts(3));
        Assert.Equal(("Member", true), (result.Value, result.Defaulted));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void IndexRows_RandomTables_EqualNaiveScan()
    {
        var number = Gen.Int[-5, 12].Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var cell = Gen.OneOf(
            Gen.Const("-"),
            number.Select(n => $"< {n}"),
            number.Select(n => $">= {n}"),
            number.Select(n => $"!= {n}"),
            number,
            number.Select(number, (a, b) => $"{a}, {b}"),
            number.Select(number, (a, b) => $"not({a}, > {b})"),
            Gen.Int[-5, 12].Select(Gen.Int[0, 6], Gen.Int[0, 3], (low, length, ends) => $"{"[("[ends & 1]}{low}..{low + length}{"])"[ends >> 1]}"),
            number.Select(n => $"? > {n} and ? < 11"),
            Gen.Const("null"),
            Gen.Const("true"),
            number.Select(n => $"[{n}, 3]"));
        var text = Gen.OneOf(Gen.Const("-"), Pick("\"a\"", "\"b\"", "not(\"a\")", "\"a\", \"c\"", "< \"b\"", "starts with(?, \"a\")", "null"));
        var rows = cell.Select(cell, text, (a, b, c) => new TableRow("r", [a, b, c], ["1"])).List[1, 300];
        var values = Gen.OneOf(Gen.Int[-7, 14].Select(i => (object?)i), Gen.Int[-7, 14].Select(i => (object?)(i + 0.5m)), Pick<object?>(null, "a", true));
        var texts = Pick<object?>("a", "ab", "b", "c", "", null, 4);
        rows.Select(Gen.Select(values, values, texts).List[30]).Sample((table, facts) =>
        {
            var compiled = DecisionTable.Compile(new DecisionTableDefinition
            {
                HitPolicy = HitPolicy.Collect,
                Inputs = [new TableInput("x"), new TableInput("y"), new TableInput("z")],
                Outputs = [new TableOutput()],
                Rows = table,
            });
            foreach (var (x, y, z) in facts)
            {
                var variables = new Dictionary<string, object?> { ["x"] = x, ["y"] = y, ["z"] = z };
                Assert.Equal(compiled.ScanRows(variables), compiled.IndexRows(variables));
            }
        }, iter: 150, seed: "0000KN5Gz8W2");
    }

    [Fact]
    public void IndexRows_ManyConstants_EqualNaiveScan()
    {
        var rows = Enumerable.Range(0, 3_000).Select(i => new TableRow($"r{i}", [$"[{i * 2}..{(i * 2) + 5}]", $"{i % 7}", "-"], ["1"])).ToList();
        var table = DecisionTable.Compile(new DecisionTableDefinition
        {
            HitPolicy = HitPolicy.Collect,
            Inputs = [new TableInput("x"), new TableInput("y"), new TableInput("z")],
            Outputs = [new TableOutput()],
            Rows = rows,
        });
        for (var x = -3; x < 6_100; x += 37)
        {
            var variables = new Dictionary<string, object?> { ["x"] = x, ["y"] = x % 7, ["z"] = 1 };
            Assert.Equal(table.ScanRows(variables), table.IndexRows(variables));
        }
    }
}
