using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Ecosystem.Rules.Feel;

/// <summary>Regular expressions of XPath as FEEL's text functions use them, run with a time limit.</summary>
internal static partial class FeelRegex
{
    private const int CacheSize = 1_000;
    private static readonly ConcurrentDictionary<(string Pattern, string Flags, TimeSpan Time), Regex?> Cache = new();

    public static FeelValue Matches(FeelRun run, FeelValue[] a) =>
        Text(a, 0) is { } input && Build(run, a, 1, 2) is { } regex
            ? Guard(run, () => FeelValue.Of(regex.IsMatch(input)))
            : run.Fail("matches", "a text, a regular expression and flags out of s, m, i, x, q");

    public static FeelValue Replace(FeelRun run, FeelValue[] a)
    {
        if (Text(a, 0) is not { } input || Build(run, a, 1, 3) is not { } regex || Text(a, 2) is not { } replacement
            || Replacement(replacement, regex, Text(a, 3)?.Contains('q', StringComparison.Ordinal) == true) is not { } template || MatchesNothing(run, regex))
        {
            return run.Fail("replace", "a text, a regular expression that does not match the empty text, a replacement with $ only before a digit, and flags out of s, m, i, x, q");
        }

        return Guard(run, () => FeelValue.Of(Replaced(run, input, regex, template)));
    }

    public static FeelValue Split(FeelRun run, FeelValue[] a)
    {
        if (Text(a, 0) is not { } input || Build(run, a, 1, 2) is not { } regex || MatchesNothing(run, regex))
        {
            return run.Fail("split", "a text and a regular expression that does not match the empty text");
        }

        return Guard(run, () =>
        {
            var parts = new List<FeelValue>();
            var from = 0;
            foreach (Match match in regex.Matches(input))
            {
                run.Charge(1 + match.Index - from);
                parts.Add(FeelValue.Of(input[from..match.Index]));
                from = match.Index + match.Length;
            }

            run.Charge(1 + input.Length - from);
            parts.Add(FeelValue.Of(input[from..]));
            return FeelValue.Of(new FeelList([.. parts]));
        });
    }

    /// <summary>The text with its matches replaced, counted while it grows: a short template may make a long text of many matches.</summary>
    private static string Replaced(FeelRun run, string input, Regex regex, string template)
    {
        run.Charge(input.Length);
        return regex.Replace(input, match =>
        {
            var part = match.Result(template);
            run.Charge(part.Length);
            return part;
        });
    }

    /// <summary>Whether the empty text matches: an error for replacing and splitting (XPath, FORX0003).</summary>
    private static bool MatchesNothing(FeelRun run, Regex regex) => Guard(run, () => FeelValue.Of(regex.IsMatch(""))).IsTrue;

    private static string? Text(FeelValue[] a, int index)
    {
        var value = index < a.Length ? a[index] : FeelValue.Null;
        return value.Text ?? (value.List is { Count: 1 } list ? list.Items[0].Text : null);
    }

    private static FeelValue Guard(FeelRun run, Func<FeelValue> work)
    {
        run.CheckTime();
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
        var groups = 0;
        var open = new Stack<int>();
        var closed = new HashSet<int>();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                if (i + 1 >= pattern.Length)
                {
                    return null;
                }

                c = pattern[++i];
                if (c is >= '1' and <= '9')
                {
                    // As many digits as still name a group; the group must be complete before it is referred to.
                    var number = c - '0';
                    while (i + 1 < pattern.Length && char.IsAsciiDigit(pattern[i + 1]) && (number * 10) + pattern[i + 1] - '0' <= groups)
                    {
                        number = (number * 10) + pattern[++i] - '0';
                    }

                    if (depth > 0 || !closed.Contains(number))
                    {
                        return null;
                    }

                    // A group that took no part stands for the empty text.
                    result.Append(System.Globalization.CultureInfo.InvariantCulture, $@"(?({number})\k<{number}>)");
                }
                else if (Escape(c, depth > 0) is { } escaped)
                {
                    result.Append(escaped);
                    if (c is 'p' or 'P')
                    {
                        // The category's braces are no quantity.
                        var end = pattern.IndexOf('}', i);
                        if (end < 0 || pattern[i + 1] != '{')
                        {
                            return null;
                        }

                        result.Append(pattern, i + 1, end - i);
                        i = end;
                    }
                }
                else
                {
                    return null;
                }

                continue;
            }

            if (c == '[' && depth > 0 && pattern[i - 1] != '-')
            {
                // Inside a class a bracket opens only what is subtracted from it.
                return null;
            }

            if (depth == 0 && (c is ']' or '}' || (c == '{' && !Quantity().IsMatch(pattern.AsSpan(i)))))
            {
                // A bracket or brace that neither opens nor closes anything has to be escaped.
                return null;
            }

            if (depth == 0 && c == '{')
            {
                var end = pattern.IndexOf('}', i);
                result.Append(pattern, i, end + 1 - i);
                i = end;
                continue;
            }

            var closes = c == ']' && depth > 0;
            depth += c == '[' ? 1 : closes ? -1 : 0;
            if (depth > 0 || closes)
            {
                result.Append(c);
                continue;
            }

            if (c == '(')
            {
                var plain = i + 1 >= pattern.Length || pattern[i + 1] != '?';
                if (!plain && !(i + 2 < pattern.Length && pattern[i + 2] == ':'))
                {
                    // Look-around, named groups and inline flags are not XPath.
                    return null;
                }

                open.Push(plain ? ++groups : 0);
            }
            else if (c == ')' && open.TryPop(out var group))
            {
                closed.Add(group);
            }

            _ = c switch
            {
                // Without the m flag "$" is the very end; without the s flag a point stands for no end of line. A point is a whole code point.
                '$' when (options & RegexOptions.Multiline) == 0 => result.Append(@"\z"),
                '.' when (options & RegexOptions.Singleline) == 0 => result.Append(@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n\r])"),
                '.' => result.Append(@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    [GeneratedRegex(@"^\{[0-9]+(?:,[0-9]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();

    /// <summary>Classes as XML Schema defines them: \w is all but punctuation, separators and control characters; \s four characters.</summary>
    private static string? Escape(char c, bool inClass) => c switch
    {
        'i' => inClass ? @"\p{L}_:" : @"[\p{L}_:]",
        'c' => inClass ? @"\p{L}\p{N}_:.\-" : @"[\p{L}\p{N}_:.\-]",
        'I' when !inClass => @"[^\p{L}_:]",
        'C' when !inClass => @"[^\p{L}\p{N}_:.\-]",
        'w' => inClass ? @"\p{L}\p{M}\p{N}\p{S}" : @"[\p{L}\p{M}\p{N}\p{S}]",
        'W' => inClass ? @"\p{P}\p{Z}\p{C}" : @"[\p{P}\p{Z}\p{C}]",
        's' => inClass ? @" \t\n\r" : @"[ \t\n\r]",
        'S' when !inClass => @"[^ \t\n\r]",
        'n' or 'r' or 't' or '\\' or '|' or '.' or '?' or '*' or '+' or '(' or ')' or '{' or '}' or '$' or '-' or '[' or ']' or '^'
            or 'p' or 'P' or 'S' or 'd' or 'D' => "\\" + c,
        _ => null,
    };

    /// <summary>"$N" is a group, "\$" a dollar, "\\" a backslash; null when a dollar or a backslash stands otherwise (XPath, FORX0004).</summary>
    private static string? Replacement(string text, Regex regex, bool literal)
    {
        if (literal)
        {
            return text.Replace("$", "$$", StringComparison.Ordinal);
        }

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
            else if (c is '$' or '\\')
            {
                return null;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
