using System.Buffers;

namespace Ecosystem.Temporal.Durations;

/// <summary>Durations as Temporal's server writes them in text: <c>1h30m</c>, <c>300ms</c>, <c>-1.5h</c>, and <c>d</c> for 24 hours.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nanoseconds">The duration in nanoseconds.</param>
    /// <param name="error">What is wrong with the text, as the server words it; null where nothing is.</param>
    public static bool TryParse(string text, out long nanoseconds, out string? error)
    {
        nanoseconds = 0;
        error = null;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        decimal total = 0;
        if (rest.IsEmpty)
        {
            return Fail($"time: invalid duration \"{text}\"", out error);
        }

        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept(Digits);
            var number = length < 0 ? rest : rest[..length];
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return Fail($"time: invalid duration \"{text}\"", out error);
            }

            rest = rest[number.Length..];
            length = rest.IndexOfAny(Digits);
            var unit = length < 0 ? rest : rest[..length];
            if (unit.IsEmpty)
            {
                return Fail($"time: missing unit in duration \"{text}\"", out error);
            }

            if (NanosecondsPer(unit) is not { } factor)
            {
                return Fail($"time: unknown unit \"{unit}\" in duration \"{text}\"", out error);
            }

            total += amount * factor;
            if (total > long.MaxValue)
            {
                return Fail($"time: invalid duration \"{text}\"", out error);
            }

            rest = rest[unit.Length..];
        }

        nanoseconds = negative ? -(long)total : (long)total;
        return true;
    }

    private static bool Fail(string message, out string? error)
    {
        error = message;
        return false;
    }

    private static decimal? NanosecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        _ => null,
    };
}
