using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ecosystem.Rules.Feel;

/// <summary>
/// Throws broken and hostile texts at the parser and the evaluator: seeds of a corpus, mutated and mixed. Every text has to end in a value or
/// in a <see cref="FeelException"/> within its limits; anything else is a finding. The same seed gives the same texts.
/// </summary>
public static class FeelFuzz
{
    private const int MostLength = 2_000;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    private static readonly FeelLimits Limits = new()
    {
        Time = TimeSpan.FromSeconds(1),
        Iterations = 200_000,
        Memory = 200_000,
        Depth = 100,
        RegexTime = TimeSpan.FromMilliseconds(100),
    };

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "...", "+", "-", "*", "**", "/", "=", "!=", "<", "<=", ">", ">=", "@\"", "\"", "\\", "\\u00", "//", "/*", "*/", " ", "\n", "\0", "\u00A0", "\uD83D", "\U0001F40E",
        "if ", " then ", " else ", "for i in ", " return ", "some x in ", " satisfies ", " and ", " or ", "not(", " between ", " instance of ", "function(a) ", "list<", "context<a: ", "range<", "null", "true", "1e9", "99999999999999999999999999999", "0.0000000000000000000000000001",
        "date(\"", "duration(\"P", "matches(\"a\", \"", "replace(\"aaaa\", \"a+\", \"$1\")", "1..100000000", "partial", "item", "?", "sort(", "[1,2,3][", "string join(", "context put({}, ",
        " in (", "[1..", "1 in (1, (", "partial[-1]", "[partial[-1], partial[-1]]", "{a: partial[-1]}", "for i in 1..99 return if i = 1 then \"aa\" else ", "upper case(", "split(", "contains(", "flatten(", "distinct values(", "index of(", "list replace(", "x = x", "function(f) f(f)", " instance of list<list<", "...a",
    ];

    /// <summary>Runs for a while on the thread that calls.</summary>
    /// <param name="corpus">Texts to start from, at least one.</param>
    /// <param name="duration">How long.</param>
    /// <param name="seed">Where the random numbers begin.</param>
    /// <param name="cancellationToken">Stops early.</param>
    /// <returns>What happened.</returns>
    public static FeelFuzzReport Run(IReadOnlyList<string> corpus, TimeSpan duration, int seed, CancellationToken cancellationToken = default)
    {
        var random = new Random(seed);
        var pool = new List<string>(corpus);
        var findings = new List<string>();
        long texts = 0, parsed = 0, values = 0, refused = 0;
        var slowest = TimeSpan.Zero;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration && !cancellationToken.IsCancellationRequested && findings.Count < 20)
        {
            string text = Mutate(pool[random.Next(pool.Count)], pool, random);
            long began = Stopwatch.GetTimestamp();
            texts++;
            try
            {
                var expression = FeelExpression.Parse(text, new FeelOptions { Limits = Limits });
                parsed++;
                string printed = expression.ToString();
                if (FeelExpression.Parse(printed, new FeelOptions { Limits = Limits }).ToString() != printed)
                {
                    findings.Add($"printing is not stable: {Show(text)}");
                }

                if (pool.Count < 20_000 && text.Length < 400)
                {
                    pool.Add(text);
                }

                expression.Evaluate(new Dictionary<string, object?> { ["x"] = 3, ["y z"] = "q", ["list"] = new object?[] { 1, "a", null } });
                values++;
            }
            catch (FeelException)
            {
                refused++;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                findings.Add($"{failure.GetType().Name}: {failure.Message}: {Show(text)}");
            }

            TimeSpan took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            if (took > Slow)
            {
                findings.Add(string.Create(CultureInfo.InvariantCulture, $"took {took.TotalSeconds:0.0} s: {Show(text)}"));
            }
        }

        return new FeelFuzzReport(texts, parsed, values, refused, slowest, findings);
    }

    private static string Mutate(string text, List<string> pool, Random random)
    {
        var result = new StringBuilder(text);
        for (int rounds = random.Next(1, 5); rounds > 0; rounds--)
        {
            int at = random.Next(result.Length + 1);
            switch (random.Next(7))
            {
                case 0:
                    result.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1 when result.Length > 0:
                    int from = random.Next(result.Length);
                    result.Remove(from, random.Next(1, Math.Min(12, result.Length - from) + 1));
                    break;
                case 2 when result.Length > 0:
                    result[random.Next(result.Length)] = (char)random.Next(random.Next(4) == 0 ? 0x10000 : 0x80);
                    break;
                case 3:
                    result.Insert(at, pool[random.Next(pool.Count)]);
                    break;
                case 4:
                    string piece = Pieces[random.Next(Pieces.Length)];
                    result.Insert(at, string.Concat(Enumerable.Repeat(piece, random.Next(2, 60))));
                    break;
                case 5:
                    result.Insert(0, '(').Append(')').Append(Pieces[random.Next(Pieces.Length)]).Append(pool[random.Next(pool.Count)]);
                    break;
                default:
                    result.Insert(at, random.NextInt64(-1_000_000_000_000, 1_000_000_000_000).ToString(CultureInfo.InvariantCulture));
                    break;
            }
        }

        return result.Length > MostLength ? result.ToString(0, MostLength) : result.ToString();
    }

    private static string Show(string text) => FeelText.Quote(text.Length <= 300 ? text : text[..300] + "…");
}

/// <summary>What a fuzzing run met.</summary>
/// <param name="Texts">Texts that were tried.</param>
/// <param name="Parsed">Texts that are FEEL.</param>
/// <param name="Values">Texts that gave a value (null included).</param>
/// <param name="Refused">Texts that were refused with an error, when parsed or by a limit.</param>
/// <param name="Slowest">The longest time one text took.</param>
/// <param name="Findings">Crashes, texts that took too long, texts that do not print back; empty when all is well.</param>
public sealed record FeelFuzzReport(long Texts, long Parsed, long Values, long Refused, TimeSpan Slowest, IReadOnlyList<string> Findings);
