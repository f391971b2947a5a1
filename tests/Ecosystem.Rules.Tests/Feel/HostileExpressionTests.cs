using System.Diagnostics;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tests.Feel;

/// <summary>Expressions written to use up memory, time or the stack: each ends soon, in DMN and in strict mode, with an error that names the limit.</summary>
public sealed class HostileExpressionTests
{
    private const string Long = "s: string join(for j in 1..100000 return \"xxxxxxxxxx\")";

    /// <summary>Where no limit is named, time is one of those that may be reached first. A few of the lines nest or share values so often that a walk through them left the stack or never ended.</summary>
    [Theory]
    [InlineData("for i in 1..100000 return if i = 1 then [] else [partial[-1]]", "nested deeper than 500 levels")]
    [InlineData("for i in 1..100000 return if i = 1 then {} else {a: partial[-1]}", "nested deeper than 500 levels")]
    [InlineData("for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]", "more than 10000000 values")]
    [InlineData("for i in 1..60 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1]}", "more than 10000000 values")]
    [InlineData("string(for i in 1..200 return if i = 1 then [] else [partial[-1]])", "nested deeper than 100 levels")]
    [InlineData("{a: for i in 1..18 return if i = 1 then [1] else [partial[-1], partial[-1]], b: for i in 1..18 return if i = 1 then [1] else [partial[-1], partial[-1]], r: for i in 1..1000 return a = b}.r", "")]
    [InlineData("{a: for i in 1..22 return if i = 1 then [\"xxxxxxxxxx\"] else [partial[-1], partial[-1]], r: for i in 1..1000 return string(a)}.r", "")]
    [InlineData("{" + Long + ", r: for i in 1..100000 return upper case(s)}.r", "items and characters")]
    [InlineData("{" + Long + ", r: for i in 1..100000 return substring(s, 2)}.r", "items and characters")]
    [InlineData("{" + Long + ", r: for i in 1..100000 return substring before(s, \"y\") + substring after(s, \"x\")}.r", "items and characters")]
    [InlineData("{" + Long + ", r: for i in 1..100000 return split(s, \"y\")}.r", "items and characters")]
    [InlineData("{" + Long + ", r: replace(s, \"x\", \"0123456789012345678901234567890123456789\")}.r", "items and characters")]
    [InlineData("{" + Long + ", t: substring(s, 1, 500000) + \"y\" + substring(s, 1, 100000), r: for i in 1..100000 return contains(s, t)}.r", "")]
    [InlineData("{" + Long + ", r: for i in 1..100000 return matches(s, \"x*x*x*x*y\")}.r", "")]
    [InlineData("for i in 1..5000000 return function() i", "")]
    [InlineData("{f: function(x) x, r: for i in 1..1000000000000 return f(i)}.r", "")]
    [InlineData("for a in 1..100000, b in 1..100000, c in 1..100000 return 1", "")]
    [InlineData("some a in 1..100000, b in 1..100000 satisfies a + b < 0", "")]
    [InlineData("for d in @\"-999999999-01-01\"..@\"999999999-12-31\" return d.year", "")]
    [InlineData("{l: for i in 1..1000000 return i, r: for i in l return sum(l)}.r", "")]
    [InlineData("{l: for i in 1..1000000 return [i], r: distinct values(l)}.r", "")]
    [InlineData("{l: for i in 1..1000000 return i, r: for i in l return index of(l, i)}.r", "")]
    [InlineData("{l: for i in 1..1000000 return i, r: for i in 1..100 return append(l, i)}.r", "items and characters")]
    [InlineData("{l: for i in 1..23 return if i = 1 then [1] else [partial[-1], partial[-1]], r: flatten(l)}.r", "")]
    [InlineData("{l: for i in 1..200000 return {key: string(i), value: i}, r: for i in 1..1000 return context(l)}.r", "")]
    [InlineData("{l: for i in 1..1000000 return i, r: sort(l, function(x, y) count(l[item > x]) > 0)}.r", "")]
    [InlineData("{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r", "functions are nested deeper than 500 calls")]
    [InlineData("for i in 1..200 return if i = 1 then \"xx\" else partial[-1] + partial[-1]", "items and characters")]
    [InlineData("for i in 1..5000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", "")]
    public void Evaluate_HostileExpression_EndsWithTheLimitInBothModes(string text, string limit)
    {
        foreach (var mode in new[] { FeelMode.Dmn, FeelMode.Strict })
        {
            var time = TimeSpan.FromSeconds(limit.Length == 0 ? 0.5 : 60);
            var options = new FeelOptions { Mode = mode, Limits = new FeelLimits { Time = time, RegexTime = time } };
            var expression = FeelExpression.Parse(text, options);
            var started = Stopwatch.GetTimestamp();
            var error = Assert.Throws<FeelException>(() => expression.Evaluate(new Dictionary<string, object?>()));
            Assert.Equal("feel-limit", error.Diagnostics[0].Code);
            Assert.Contains(limit, error.Message, StringComparison.Ordinal);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)} in {mode} mode");
        }
    }

    /// <summary>Texts close to every limit of the parser, the checker and the compiler: read or refused, but soon.</summary>
    [Theory]
    [InlineData("1 in (", 200, "1")]
    [InlineData("1 in (", 200, "1#")]
    [InlineData("(1 in (2 in (", 90, "1")]
    [InlineData("[1..a", 200, "]")]
    [InlineData("[1..a[", 200, "1")]
    [InlineData("[1..[", 250, "1")]
    [InlineData("not(", 250, "1")]
    [InlineData("function(a) {b: ", 140, "1")]
    [InlineData("{f: function(a) a, r: ", 140, "1")]
    [InlineData("for i in [1,2] return ", 250, "i")]
    [InlineData("if true then ", 250, "1")]
    [InlineData("[1,2][", 250, "1")]
    [InlineData("a b ", 24_000, "")]
    [InlineData("1 + ", 24_000, "1")]
    [InlineData("a.", 40_000, "b")]
    [InlineData("-", 90_000, "1")]
    [InlineData("f(", 250, "1")]
    [InlineData("f(a: ", 250, "1")]
    [InlineData("/**/", 24_000, "1")]
    [InlineData("\"a\" + ", 15_000, "\"b\"")]
    [InlineData("x instance of list<", 250, "number")]
    [InlineData("\\", 90_000, "1")]
    [InlineData("((((((((((", 25, "1")]
    [InlineData("@\"2020-01-01\" in [", 250, "1")]
    [InlineData("some x in y satisfies ", 250, "x")]
    [InlineData("\U0001F40E ", 30_000, "")]
    public void Parse_TextNearTheLimits_EndsSoon(string piece, int times, string rest)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times)) + rest;
        var closed = text + new string([.. text.Reverse().Where(c => c is '(' or '[' or '{').Select(c => c switch { '(' => ')', '[' => ']', _ => '}' })]);
        EndsSoon(text);
        EndsSoon(closed);
    }

    [Fact]
    public void Parse_ManyNamesAndUnknownNames_EndsSoon()
    {
        EndsSoon("{" + string.Join(", ", Enumerable.Range(0, 7_000).Select(i => $"a {i}: {(i == 0 ? "1" : $"a {i - 1}")}")) + "}");
        EndsSoon("{" + string.Join(", ", Enumerable.Range(0, 6_000).Select(i => $"a{i}: unknown{i}")) + "}");
        EndsSoon("[" + string.Join(", ", Enumerable.Range(0, 15_000).Select(i => $"[1..2]")) + "]");
        EndsSoon(string.Join(", ", Enumerable.Range(0, 12_000).Select(i => $"[1..{i}]")));
        EndsSoon("{" + string.Concat(Enumerable.Range(0, 300).Select(i => $"a{i}: {{")) + new string('}', 301));
        EndsSoon(new string('a', 99_000) + " + " + new string('b', 900));
    }

    [Fact]
    public void Parse_ManyIntervals_AreNoNesting()
    {
        var tests = FeelExpression.ParseUnaryTests(string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $"[{i * 10}..{(i * 10) + 5})")));
        Assert.Equal(true, tests.Evaluate(new Dictionary<string, object?> { ["?"] = 19_991 }));
        Assert.Equal(false, tests.Evaluate(new Dictionary<string, object?> { ["?"] = 19_996 }));
    }

    private static void EndsSoon(string text)
    {
        var started = Stopwatch.GetTimestamp();
        var limits = new FeelLimits { Time = TimeSpan.FromSeconds(0.5) };
        foreach (var options in new[] { new FeelOptions { Limits = limits }, new FeelOptions { Limits = limits, Mode = FeelMode.Strict, Types = new FeelScope([new("x", FeelType.Number), new("y", FeelType.AnyList)]) } })
        {
            foreach (var parse in new Func<string, FeelOptions?, FeelExpression>[] { FeelExpression.Parse, FeelExpression.ParseUnaryTests })
            {
                try
                {
                    parse(text, options).Evaluate(new Dictionary<string, object?> { ["x"] = 1, ["?"] = 1 });
                }
                catch (FeelException e)
                {
                    Assert.All(e.Diagnostics, d => Assert.InRange(d.Message.Length, 1, 2_000));
                }
            }
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(started)} for {text[..40]}… of {text.Length} characters");
    }
}
