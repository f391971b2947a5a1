using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Feel;

public sealed class FeelExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("-3 ** 2", "9")]
    [InlineData("3 ** 4 ** 2", "6561")]
    [InlineData("10 / 4", "2.5")]
    [InlineData("1 / 0", "null")]
    [InlineData("\"a\" + \"b\"", "\"ab\"")]
    [InlineData("\"a\" + 1", "null")]
    [InlineData("5 in (1, < 3, [5..6])", "true")]
    [InlineData("5 in (6..7]", "false")]
    [InlineData("]1..3[", "(1..3)")]
    [InlineData("[1, 2, 3][item > 1]", "[2, 3]")]
    [InlineData("[1, 2, 3][-1]", "3")]
    [InlineData("[{a b: 1}, {a b: 2}].a b", "[1, 2]")]
    [InlineData("{foo+bar: 1, c: foo+bar + 1}", "{\"foo+bar\": 1, c: 2}")]
    [InlineData("{a: {b: 1, c: [{b: 2}, {b: {b: 3}}]}}...b", "[1, 2, {b: 3}, 3]")]
    [InlineData("{a: {b c: 1}}...b c", "[1]")]
    [InlineData("{a: {b: {d: 7}}}...b.d", "[7]")]
    [InlineData("{a: 1}...z", "[]")]
    [InlineData("1...b", "null")]
    [InlineData("for i in 1..3, j in [i, 10] return i * j", "[1, 10, 4, 20, 9, 30]")]
    [InlineData("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]")]
    [InlineData("some x in [1, 2] satisfies x > 1", "true")]
    [InlineData("every x in [1, null] satisfies x > 0", "null")]
    [InlineData("for i in [1, 2] return (function() i)()", "[1, 2]")]
    [InlineData("(for i in [1, 2] return function() i)[1]()", "1")]
    [InlineData("@\"2021-01-31\" + @\"P1M\"", "@\"2021-02-28\"")]
    [InlineData("date and time(\"2021-03-28T01:30:00@Europe/Paris\") + duration(\"PT1H\")", "@\"2021-03-28T03:30:00@Europe/Paris\"")]
    [InlineData("date(\"2021-01-02\").weekday", "6")]
    [InlineData("substring(\"foobar\", -2)", "\"ar\"")]
    [InlineData("substring(string: \"\U0001F40Eab\", start position: 1, length: 2)", "\"\U0001F40Ea\"")]
    [InlineData("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]")]
    [InlineData("null = null", "true")]
    [InlineData("1 = \"1\"", "null")]
    [InlineData("true and null", "null")]
    [InlineData("false and null", "false")]
    [InlineData("sqrt(16)", "4")]
    [InlineData("string(1.50)", "\"1.5\"")]
    [InlineData("@\"P1Y\" instance of years and months duration", "true")]
    [InlineData("[1, 2] instance of list<number>", "true")]
    [InlineData("{a: 1} instance of context<a: number>", "true")]
    [InlineData("before([1..5], 6)", "true")]
    [InlineData("week of year(@\"2005-01-01\")", "53")]
    [InlineData("context put({x: 1}, [\"y\", \"z\"], 2)", "{x: 1, y: {z: 2}}")]
    [InlineData("/* one */ 1 + // two\n 2", "3")]
    [InlineData("1 between 0 and 2 and true", "true")]
    [InlineData("not(true)", "false")]
    public void Evaluate_Expression_GivesTheValue(string text, string expected)
    {
        var value = FeelExpression.Parse(text).EvaluateValue(null, null);
        Assert.Equal(expected, FeelText.Literal(value));
    }

    [Fact]
    public void Evaluate_UndeclaredNameWithSpaces_ReadsTheVariable()
    {
        var expression = FeelExpression.Parse("12 * Monthly Salary");
        Assert.Equal(["Monthly Salary"], expression.FreeNames);
        Assert.Equal(120m, expression.Evaluate(new Dictionary<string, object?> { ["Monthly Salary"] = 10 }));
    }

    [Theory]
    [InlineData("-", 5, true)]
    [InlineData("< 10", 5, true)]
    [InlineData("[1..5), 7", 5, false)]
    [InlineData("not(5)", 5, false)]
    [InlineData("? > 3 and ? < 6", 5, true)]
    [InlineData("1, 5", 5, true)]
    public void Evaluate_UnaryTests_TestsTheValue(string text, int value, bool expected) =>
        Assert.Equal(expected, FeelExpression.ParseUnaryTests(text).Evaluate(new Dictionary<string, object?> { ["?"] = value }));

    [Theory]
    [InlineData("1 +", 1, 4)]
    [InlineData("(1", 1, 3)]
    [InlineData("a\n  b c )", 2, 7)]
    public void Parse_BadText_NamesThePlace(string text, int line, int column)
    {
        var diagnostic = Assert.Single(Assert.Throws<FeelException>(() => FeelExpression.Parse(text)).Diagnostics);
        Assert.Equal((line, column), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void Parse_DeclaredTypes_ReportsUnknownNamesAndClashes()
    {
        var scope = new FeelScope([new("annual revenue", FeelType.Number), new("tier", FeelType.String)]);
        var options = new FeelOptions { Mode = FeelMode.Strict, Types = scope };
        var unknown = Assert.Throws<FeelException>(() => FeelExpression.Parse("anual revenue > 3", options));
        Assert.Contains("Did you mean 'annual revenue'?", unknown.Message, StringComparison.Ordinal);
        var clash = Assert.Throws<FeelException>(() => FeelExpression.Parse("annual revenue > 3 and\n tier > 5", options));
        Assert.Equal(2, clash.Diagnostics[0].Line);
        Assert.Throws<FeelException>(() => FeelExpression.Parse("upper case(annual revenue)", options));
    }

    [Fact]
    public void Evaluate_StrictMode_NamesTheMissingInput()
    {
        var options = new FeelOptions { Mode = FeelMode.Strict };
        var expression = FeelExpression.Parse("points > 70 and tier = \"gold\"", options);
        var missing = Assert.Throws<FeelException>(() => expression.Evaluate(new Dictionary<string, object?> { ["points"] = 80 }));
        Assert.Contains("'tier'", missing.Message, StringComparison.Ordinal);
        Assert.Equal(false, expression.Evaluate(new Dictionary<string, object?> { ["points"] = 8 }));
        Assert.Equal(true, FeelExpression.Parse("tier = null", options).Evaluate(new Dictionary<string, object?>()));
    }
}
