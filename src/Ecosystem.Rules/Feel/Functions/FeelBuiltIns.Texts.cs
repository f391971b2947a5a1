using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Ecosystem.Rules.Feel;

/// <summary>Functions of text. Positions count Unicode code points.</summary>
internal static partial class FeelBuiltIns
{
    private static readonly FrozenDictionary<char, string> Expansions = new Dictionary<char, string>
    {
        ['\u00DF'] = "SS", ['\u0149'] = "\u02BCN", ['\u01F0'] = "J\u030C", ['\u0390'] = "\u0399\u0308\u0301", ['\u03B0'] = "\u03A5\u0308\u0301",
        ['\u0587'] = "\u0535\u0552", ['\u1E96'] = "H\u0331", ['\u1E97'] = "T\u0308", ['\u1E98'] = "W\u030A", ['\u1E99'] = "Y\u030A", ['\u1E9A'] = "A\u02BE",
        ['\uFB00'] = "FF", ['\uFB01'] = "FI", ['\uFB02'] = "FL", ['\uFB03'] = "FFI", ['\uFB04'] = "FFL", ['\uFB05'] = "ST", ['\uFB06'] = "ST",
    }.ToFrozenDictionary();

    private static readonly SearchValues<char> Expanding = SearchValues.Create([.. Expansions.Keys]);

    private static IEnumerable<FeelBuiltIn> Texts()
    {
        yield return Of("substring", "string, start position, length?", Substring);
        yield return Of("string length", "string", (run, a) => TryText(a, 0, out var t) ? FeelValue.Of((decimal)Length(t)) : run.Fail("string length", "a text"));
        yield return Of("upper case", "string", (run, a) => TryText(a, 0, out var t) ? Made(run, Upper(t)) : run.Fail("upper case", "a text"));
        yield return Of("lower case", "string", (run, a) => TryText(a, 0, out var t) ? Made(run, t.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal)) : run.Fail("lower case", "a text"));
        yield return Of("substring before", "string, match", (run, a) => Cut(run, a, "substring before", (t, m, i) => i < 0 ? "" : t[..i]));
        yield return Of("substring after", "string, match", (run, a) => Cut(run, a, "substring after", (t, m, i) => i < 0 ? "" : t[(i + m.Length)..]));
        yield return Of("contains", "string, match", (run, a) => Two(run, a, "contains", (t, m) => t.Contains(m, StringComparison.Ordinal)));
        yield return Of("starts with", "string, match", (run, a) => Two(run, a, "starts with", (t, m) => t.StartsWith(m, StringComparison.Ordinal)));
        yield return Of("ends with", "string, match", (run, a) => Two(run, a, "ends with", (t, m) => t.EndsWith(m, StringComparison.Ordinal)));
        yield return Of("matches", "input, pattern, flags?", FeelRegex.Matches);
        yield return Of("replace", "input, pattern, replacement, flags?", FeelRegex.Replace);
        yield return Of("split", "string, delimiter", FeelRegex.Split);
        yield return new FeelBuiltIn("string join", Way("list", StringJoin), Way("list, delimiter", StringJoin), Way("list, delimiter, prefix, suffix", StringJoin));
    }

    /// <summary>Capital letters as XPath has them: one small letter may become several (Unicode, SpecialCasing).</summary>
    private static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        if (upper.AsSpan().IndexOfAny(Expanding) < 0)
        {
            return upper;
        }

        var result = new StringBuilder(upper.Length + 4);
        foreach (var c in upper)
        {
            _ = Expansions.TryGetValue(c, out var letters) ? result.Append(letters) : result.Append(c);
        }

        return result.ToString();
    }

    private static int Length(string text)
    {
        var length = text.Length;
        foreach (var c in text)
        {
            length -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return length;
    }

    private static FeelValue Made(FeelRun run, string text)
    {
        run.Charge(text.Length);
        return FeelValue.Of(text);
    }

    private static FeelValue Two(FeelRun run, FeelValue[] a, string name, Func<string, string, bool> test)
    {
        if (!TryText(a, 0, out var text) || !TryText(a, 1, out var match))
        {
            return run.Fail(name, "two texts");
        }

        run.Search(text, match);
        return FeelValue.Of(test(text, match));
    }

    private static FeelValue Cut(FeelRun run, FeelValue[] a, string name, Func<string, string, int, string> cut)
    {
        if (!TryText(a, 0, out var text) || !TryText(a, 1, out var match))
        {
            return run.Fail(name, "two texts");
        }

        run.Search(text, match);
        return Made(run, cut(text, match, text.IndexOf(match, StringComparison.Ordinal)));
    }

    private static FeelValue Substring(FeelRun run, FeelValue[] a)
    {
        decimal length = 0;
        if (!TryText(a, 0, out var text) || !TryNumber(a, 1, out var start) || (a.Length > 2 && !a[2].IsNull && !TryNumber(a, 2, out length)))
        {
            return run.Fail("substring", "a text, a position and a length");
        }

        start = decimal.Truncate(start);
        var total = Length(text);
        if (start == 0 || Math.Abs(start) > total || (a.Length > 2 && !a[2].IsNull && decimal.Truncate(length) < 1))
        {
            return run.Fail("substring", "a position within the text, counted from 1 or backwards from -1, and a length of 1 or more");
        }

        var first = (int)(start > 0 ? start - 1 : total + start);
        var count = a.Length > 2 && !a[2].IsNull ? (int)Math.Min(decimal.Truncate(length), total - first) : total - first;
        if (total == text.Length)
        {
            return Made(run, text.Substring(first, count));
        }

        var runes = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Skip(first).Take(count))
        {
            runes.Append(rune);
        }

        return Made(run, runes.ToString());
    }

    private static FeelValue StringJoin(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list) || !Optional(a, 1, out var delimiter) || !Optional(a, 2, out var prefix) || !Optional(a, 3, out var suffix))
        {
            return run.Fail("string join", "a list of texts, a delimiter, a prefix and a suffix");
        }

        var parts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.IsNull)
            {
                continue;
            }

            if (item.Text is not { } text)
            {
                return run.Fail("string join", "a list of texts");
            }

            run.Charge(text.Length + delimiter.Length);
            parts.Add(text);
        }

        run.Charge(prefix.Length + suffix.Length);
        return FeelValue.Of(prefix + string.Join(delimiter, parts) + suffix);
    }

    private static bool Optional(FeelValue[] a, int index, out string text)
    {
        text = "";
        return index >= a.Length || a[index].IsNull || TryText(a, index, out text);
    }
}
