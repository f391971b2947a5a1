using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Ecosystem.Rules.Feel;

/// <summary>Regular expressions of XPath as FEEL's text functions use them, run with a time limit.</summary>
internal static class FeelRegex
{
    private const int CacheSize = 1_000;
    private static readonly ConcurrentDictionary<(string Pattern, string Flags, TimeSpan Time), Regex?> Cache = new();

    public static FeelValue Matches(FeelRun run, FeelValue[] a) =>
        Text(a, 0) is { } input && Build(run, a, 1, 2) is { } regex
            ? Guard(() => FeelValue.Of(regex.IsMatch(input)))
            : run.Fail("matches", "a text, a regular expression and flags out of s, m, i, x");

    public static FeelValue Replace(FeelRun run, FeelValue[] a)
    {
        if (Text(a, 0) is not { } input || Build(run, a, 1, 3) is not { } regex || Text(a, 2) is not { } replacement)
        {
            return run.Fail("replace", "a text, a regular expression, a replacement and flags out of s, m, i, x");
        }

        var result = Guard(() => FeelValue.Of(regex.Replace(input, Replacement(replacement, regex))));
        run.Charge(result.Text!.Length);
        return result;
    }

    public static FeelValue Split(FeelRun run, FeelValue[] a)
    {
        if (Text(a, 0) is not { } input || Build(run, a, 1, 2) is not { } regex)
        {
            return run.Fail("split", "a text and a regular expression");
        }

        return Guard(() =>
        {
            var parts = new List<FeelValue>();
            var from = 0;
            foreach (Match match in regex.Matches(input))
            {
                if (match.Length == 0)
                {
                    continue;
                }

                parts.Add(FeelValue.Of(input[from..match.Index]));
                from = match.Index + match.Length;
            }

            parts.Add(FeelValue.Of(input[from..]));
            run.Charge(parts.Count);
            return FeelValue.Of(new FeelList([.. parts]));
        });
    }

    private static string? Text(FeelValue[] a, int index)
    {
        var value = index < a.Length ? a[index] : FeelValue.Null;
        return value.Text ?? (value.List is { Count: 1 } list ? list.Items[0].Text : null);
    }

    private static FeelValue Guard(Func<FeelValue> work)
    {
        try
        {
            return work();
        }
        catch (RegexMatchTimeoutException e)
        {
            throw FeelException.Limit($"a regular expression took longer than {e.MatchTimeout.TotalMilliseconds:0} ms");
        }
    }

    private static Regex? Build(FeelRun run, FeelValue[] a, int at, int flagsAt)
    {
        if (Text(a, at) is not { } pattern)
        {
            return null;
        }

        var flags = flagsAt < a.Length && !a[flagsAt].IsNull ? Text(a, flagsAt) : "";
        if (flags is null)
        {
            return null;
        }

        var key = (pattern, flags, run.Limits.RegexTime);
        if (Cache.TryGetValue(key, out var regex))
        {
            return regex;
        }

        regex = Create(pattern, flags, run.Limits.RegexTime);
        if (Cache.Count >= CacheSize)
        {
            Cache.Clear();
        }

        Cache[key] = regex;
        return regex;
    }

    private static Regex? Create(string pattern, string flags, TimeSpan time)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                default:
                    return null;
            }
        }

        try
        {
            return Translate(pattern, options) is { } translated ? new Regex(translated, options & ~RegexOptions.IgnorePatternWhitespace, time) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>From XPath's dialect to .NET's: "$" without the m flag, the classes \i and \c, white space under the x flag.</summary>
    private static string? Translate(string pattern, RegexOptions options)
    {
        var result = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                var next = pattern[++i];
                result.Append(next switch
                {
                    'i' => depth > 0 ? @"\p{L}_:" : @"[\p{L}_:]",
                    'c' => depth > 0 ? @"\p{L}\p{N}_:.\-" : @"[\p{L}\p{N}_:.\-]",
                    'I' => @"[^\p{L}_:]",
                    'C' => @"[^\p{L}\p{N}_:.\-]",
                    _ => "\\" + next,
                });
                continue;
            }

            depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
            if (c == '$' && depth == 0 && (options & RegexOptions.Multiline) == 0)
            {
                result.Append(@"\z");
            }
            else if (char.IsWhiteSpace(c) && (options & RegexOptions.IgnorePatternWhitespace) != 0 && depth == 0)
            {
                // Dropped: white space carries no meaning under the x flag.
            }
            else if (c == '(' && depth == 0 && i + 1 < pattern.Length && pattern[i + 1] == '?' && !(i + 2 < pattern.Length && pattern[i + 2] == ':'))
            {
                // Look-around, named groups and inline flags are not XPath.
                return null;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>"$N" is a group, "\$" a dollar, "\\" a backslash.</summary>
    private static string Replacement(string text, Regex regex)
    {
        var groups = regex.GetGroupNumbers().Length - 1;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '$' or '\\')
            {
                result.Append(text[++i] == '$' ? "$$" : "\\");
            }
            else if (c == '$' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                // As many digits as still name a group; the rest is text.
                var number = text[++i] - '0';
                while (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && (number * 10) + text[i + 1] - '0' <= groups)
                {
                    number = (number * 10) + text[++i] - '0';
                }

                result.Append(number <= groups ? $"${{{number}}}" : "");
            }
            else
            {
                result.Append(c == '$' ? "$$" : c.ToString());
            }
        }

        return result.ToString();
    }
}
