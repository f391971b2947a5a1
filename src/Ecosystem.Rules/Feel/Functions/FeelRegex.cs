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
            : run.Fail("matches", "a text, a regular expression and flags out of s, m, i, x, q");

    public static FeelValue Replace(FeelRun run, FeelValue[] a)
    {
        if (Text(a, 0) is not { } input || Build(run, a, 1, 3) is not { } regex || Text(a, 2) is not { } replacement)
        {
            return run.Fail("replace", "a text, a regular expression, a replacement and flags out of s, m, i, x, q");
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
        var (literal, extended) = (false, false);
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
                    extended = true;
                    break;
                case 'q':
                    literal = true;
                    break;
                default:
                    return null;
            }
        }

        try
        {
            var translated = literal ? Regex.Escape(pattern) : Translate(extended ? Condense(pattern) : pattern, options);
            return translated is null ? null : new Regex(translated, options, time);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Without white space outside of character classes, as the x flag asks for.</summary>
    private static string Condense(string pattern)
    {
        var result = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && !char.IsWhiteSpace(pattern[i + 1]))
            {
                result.Append(c).Append(pattern[++i]);
                continue;
            }

            depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
            if (depth > 0 || !char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>From XPath's dialect to .NET's; null where XPath knows no such thing.</summary>
    private static string? Translate(string pattern, RegexOptions options)
    {
        var result = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                if (i + 1 >= pattern.Length || Escape(pattern[++i], depth > 0) is not { } escaped)
                {
                    return null;
                }

                result.Append(escaped);
                continue;
            }

            depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
            if (depth > 0)
            {
                result.Append(c);
                continue;
            }

            if (c == '(' && i + 1 < pattern.Length && pattern[i + 1] == '?' && !(i + 2 < pattern.Length && pattern[i + 2] == ':'))
            {
                // Look-around, named groups and inline flags are not XPath.
                return null;
            }

            _ = c switch
            {
                // Without the m flag "$" is the very end; without the s flag a point stands for no end of line.
                '$' when (options & RegexOptions.Multiline) == 0 => result.Append(@"\z"),
                '.' when (options & RegexOptions.Singleline) == 0 => result.Append(@"[^\n\r]"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    private static string? Escape(char c, bool inClass) => c switch
    {
        'i' => inClass ? @"\p{L}_:" : @"[\p{L}_:]",
        'c' => inClass ? @"\p{L}\p{N}_:.\-" : @"[\p{L}\p{N}_:.\-]",
        'I' when !inClass => @"[^\p{L}_:]",
        'C' when !inClass => @"[^\p{L}\p{N}_:.\-]",
        >= '1' and <= '9' when !inClass => "\\" + c,
        'n' or 'r' or 't' or '\\' or '|' or '.' or '?' or '*' or '+' or '(' or ')' or '{' or '}' or '$' or '-' or '[' or ']' or '^'
            or 'p' or 'P' or 's' or 'S' or 'd' or 'D' or 'w' or 'W' => "\\" + c,
        _ => null,
    };

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
