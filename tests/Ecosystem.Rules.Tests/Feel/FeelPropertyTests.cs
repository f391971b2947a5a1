using System.Diagnostics;
using CsCheck;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Feel;

public sealed class FeelPropertyTests
{
    private static readonly string[] Pieces =
    [
        "1", "2.5", ".5", "1e3", "\"a\"", "\"\\u00e9\\n\"", "@\"2021-01-01\"", "true", "false", "null", "x", "y z", "item", "?", "partial",
        "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "...", "+", "-", "*", "**", "/", "=", "!=", "<", "<=", ">", ">=", "@", "\"", "\\", "//", "/*", "*/",
        " ", "\n", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "between", "instance of", "function", "external",
        "list<number>", "context<a: string>", "function<number>->string", "date and time", "date", "sum", "string length", "sort", "for i in 1..", "\U0001F40E", "\u00A0", "é", "'",
    ];

    private static Gen<string> Expression { get; } = Gen.Recursive<string>((depth, next) =>
    {
        var leaf = Pick("1", "0", "2.5", "\"a\"", "\"b\\\"c\"", "true", "false", "null", "x", "y z", "@\"2021-01-31\"", "@\"P1D\"", "@\"P1M\"", "@\"10:00:00Z\"", "[]", "{}");
        if (depth > 3)
        {
            return leaf;
        }

        var pair = next.Select(next, (a, b) => (a, b));
        return Gen.OneOf(
            leaf,
            pair.Select(Pick("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"), (p, op) => $"({p.a}) {op} ({p.b})"),
            pair.Select(Pick("+", "-", "*", "/", "and", "or"), (p, op) => $"{p.a} {op} {p.b}").Where(Parses),
            next.Select(a => $"-({a})"),
            pair.Select(p => $"[{p.a}, {p.b}]"),
            pair.Select(p => $"{{a: {p.a}, b c: {p.b}}}.b c"),
            pair.Select(p => $"{{a: {p.a}, b: {{a: {p.b}}}}}...a"),
            pair.Select(p => $"({p.a})[{p.b}]"),
            pair.Select(p => $"if {p.a} then {p.b} else x"),
            pair.Select(p => $"for i in {p.a} return {p.b}"),
            pair.Select(p => $"some i in {p.a} satisfies ({p.b}) = i"),
            pair.Select(p => $"(function(p: number) {p.a})({p.b})"),
            pair.Select(p => $"({p.a}) between ({p.b}) and 3"),
            pair.Select(p => $"({p.a}) in (({p.b}), < 2, [1..3))"),
            next.Select(a => $"({a}) instance of list<number>"),
            pair.Select(p => $"substring(string: string({p.a}), start position: 1)"),
            pair.Select(p => $"max({p.a}, {p.b})"));
    });

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Print_ParsedExpression_ParsesToTheSame()
    {
        var seen = 0;
        Expression.Sample(text =>
        {
            Interlocked.Increment(ref seen);
            PrintsBack(text);
        }, iter: 4_000, seed: "0000KN5Gz8W2");
        Assert.True(seen >= 4_000, $"only {seen} expressions were tried");
    }

    private static void PrintsBack(string text)
    {
        var parsed = FeelExpression.Parse(text);
        var printed = parsed.ToString();
        var again = FeelExpression.Parse(printed);
        Assert.Equal(printed, again.ToString());
        Assert.Equal(Shape(parsed.Syntax), Shape(again.Syntax));
        Assert.Equal(Result(parsed), Result(again));
    }

    [Fact]
    public void Parse_RandomPieces_EndsWithAResultOrAnErrorWithAPlace()
    {
        var limits = new FeelLimits { Iterations = 20_000, Memory = 20_000, Depth = 50 };
        var started = Stopwatch.GetTimestamp();
        Gen.Int[0, Pieces.Length - 1].Array[0, 24].Sample(indices =>
        {
            var text = string.Concat(indices.Select(i => Pieces[i] + (i % 3 == 0 ? " " : "")));
            try
            {
                FeelExpression.Parse(text, new FeelOptions { Limits = limits }).Evaluate(new Dictionary<string, object?> { ["x"] = 3, ["y z"] = "q" });
                FeelExpression.ParseUnaryTests(text, new FeelOptions { Limits = limits });
            }
            catch (FeelException e)
            {
                Assert.NotEmpty(e.Diagnostics);
            }
        }, iter: 30_000, seed: "0000KN5Gz8W2");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
    }

    /// <summary>A short run; 10 minutes are recorded in docs/guide/rulesets.md.</summary>
    [Fact]
    public void Fuzz_Corpus_NeverCrashesNorHangs()
    {
        var corpus = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Feel", "Corpus", "grammar.feel"));
        Assert.All(corpus, text => FeelExpression.Parse(text));
        var report = FeelFuzz.Run(corpus, TimeSpan.FromSeconds(4), seed: 7, TestContext.Current.CancellationToken);
        Assert.True(report.Findings.Count == 0, string.Join('\n', report.Findings));
        Assert.True(report is { Parsed: > 100, Refused: > 100 }, report.ToString());
    }

    [Theory]
    [InlineData("and", "true,true,true", "true,false,false", "true,null,null", "false,true,false", "false,false,false", "false,null,false", "null,true,null", "null,false,false", "null,null,null")]
    [InlineData("or", "true,true,true", "true,false,true", "true,null,true", "false,true,true", "false,false,false", "false,null,null", "null,true,true", "null,false,null", "null,null,null")]
    public void Evaluate_ThreeValuedLogic_FollowsTheTable(string op, params string[] rows)
    {
        foreach (var row in rows.Select(r => r.Split(',')))
        {
            Assert.Equal(row[2], FeelText.Literal(FeelExpression.Parse($"{row[0]} {op} {row[1]}").EvaluateValue(null, null)));
        }
    }

    [Theory]
    [InlineData("for a in 1..1000000, b in 1..1000000 return 1")]
    [InlineData("count(for a in 1..9000000 return a)")]
    [InlineData("{f: function(n, g) g(n, g), r: f(1, f)}.r")]
    [InlineData("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")")]
    [InlineData("for i in 1..100 return string join(for j in 1..100000 return \"xxxxxxxxxx\")")]
    [InlineData("every x in 1..100000000 satisfies x > 0")]
    [InlineData("for i in 0..60 return if i = 0 then \"xx\" else partial[-1] + partial[-1]")]
    public void Evaluate_HostileExpression_StopsWithAClearError(string text)
    {
        var options = new FeelOptions { Limits = new FeelLimits { Time = TimeSpan.FromSeconds(2), RegexTime = TimeSpan.FromMilliseconds(100) } };
        var error = Assert.Throws<FeelException>(() => FeelExpression.Parse(text, options).Evaluate(new Dictionary<string, object?>()));
        Assert.Equal("feel-limit", error.Diagnostics[0].Code);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("-")]
    [InlineData("{a:")]
    [InlineData("if true then ")]
    [InlineData("function() ")]
    [InlineData("1 in (")]
    [InlineData("1 + ")]
    public void Parse_DeepNesting_StopsWithAClearError(string piece)
    {
        var error = Assert.Throws<FeelException>(() => FeelExpression.Parse(string.Concat(Enumerable.Repeat(piece, 50_000)) + "1"));
        Assert.Contains(error.Diagnostics[0].Code, new[] { "feel-limit", "feel-syntax" });
    }

    [Fact]
    public void Evaluate_StrictMode_NeverComputesFromAMissingInput() => Expression.Where(text => !text.Contains("null", StringComparison.Ordinal)).Sample(text =>
    {
        var options = new FeelOptions { Mode = FeelMode.Strict, Limits = new FeelLimits { Iterations = 100_000 } };
        var present = Outcome(text, options, new Dictionary<string, object?> { ["x"] = 3, ["y z"] = "q" });
        var missing = Outcome(text, options, new Dictionary<string, object?>());
        // "x = null" and "x in (null)" ask whether x is missing, so texts with null are left out.
        // Either the missing inputs were not needed, and the result is the same, or there is an error.
        Assert.True(missing is null || missing == present, $"{text}: {present} with the inputs, {missing} without");
    }, iter: 3_000, seed: "0000KN5Gz8W2");

    [Fact]
    public void Evaluate_ObjectOfTheHost_IsRefused() =>
        Assert.Throws<FeelException>(() => FeelExpression.Parse("o.Length").Evaluate(new Dictionary<string, object?> { ["o"] = new StringReader("") }));

    private static string? Outcome(string text, FeelOptions options, Dictionary<string, object?> variables)
    {
        try
        {
            return FeelText.Literal(FeelBoundary.FromClr(FeelExpression.Parse(text, options).Evaluate(variables)));
        }
        catch (FeelException)
        {
            return null;
        }
    }

    private static bool Parses(string text)
    {
        try
        {
            FeelExpression.Parse(text);
            return true;
        }
        catch (FeelException)
        {
            return false;
        }
    }

    private static string Shape(FeelSyntax syntax) => $"{syntax.GetType().Name}({string.Join(",", FeelWalker.Children(syntax).Select(Shape))})";

    private static string Result(FeelExpression expression)
    {
        try
        {
            return FeelText.Literal(FeelBoundary.FromClr(expression.Evaluate(new Dictionary<string, object?> { ["x"] = 3, ["y z"] = "q" })));
        }
        catch (FeelException e)
        {
            return e.Diagnostics[0].Code;
        }
    }
}
