using System.Globalization;
using System.Text;

namespace Ecosystem.Rules.Feel;

/// <summary>Text of FEEL values: as string() gives it, and as a literal that parses back.</summary>
internal static class FeelText
{
    private const int MaxNesting = 100;
    private const int MaxLength = 10_000_000;

    public static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Date(long year, int month, int day)
    {
        var digits = Math.Abs(year).ToString("0000", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(year < 0 ? "-" : "")}{digits}-{month:00}-{day:00}");
    }

    public static string TimeOfDay(long nanos)
    {
        var seconds = nanos / FeelCalendar.NanosPerSecond;
        var fraction = nanos % FeelCalendar.NanosPerSecond;
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        return fraction == 0 ? text : text + "." + fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    public static string YearsMonths(decimal months)
    {
        if (months == 0)
        {
            return "P0M";
        }

        var total = Math.Abs(months);
        var years = Math.Floor(total / 12);
        var rest = total - (years * 12);
        return (months < 0 ? "-P" : "P") + (years > 0 ? Number(years) + "Y" : "") + (rest > 0 ? Number(rest) + "M" : "");
    }

    public static string DaysTime(decimal seconds)
    {
        if (seconds == 0)
        {
            return "PT0S";
        }

        var total = Math.Abs(seconds);
        var days = Math.Floor(total / 86_400);
        var rest = total - (days * 86_400);
        var hours = Math.Floor(rest / 3600);
        var minutes = Math.Floor((rest - (hours * 3600)) / 60);
        var left = rest - (hours * 3600) - (minutes * 60);
        var text = new StringBuilder(seconds < 0 ? "-P" : "P");
        if (days > 0)
        {
            text.Append(Number(days)).Append('D');
        }

        if (rest > 0)
        {
            text.Append('T');
            text.Append(hours > 0 ? Number(hours) + "H" : "").Append(minutes > 0 ? Number(minutes) + "M" : "").Append(left > 0 ? Number(left) + "S" : "");
        }

        return text.ToString();
    }

    /// <summary>What FEEL's string() gives: text itself unquoted, everything else as its literal without the at-sign.</summary>
    public static string Plain(FeelValue value) => value.Text ?? Write(value, quoteText: false);

    /// <summary>A FEEL expression that evaluates to the value (functions excepted).</summary>
    public static string Literal(FeelValue value) => Write(value, quoteText: true);

    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }

    private static string Write(FeelValue value, bool quoteText)
    {
        var text = new StringBuilder();
        Append(text, value, quoteText, top: true, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, FeelValue value, bool literal, bool top, int depth)
    {
        if (depth > MaxNesting)
        {
            throw FeelException.Limit($"a value is nested deeper than {MaxNesting} levels");
        }

        if (text.Length > MaxLength)
        {
            throw FeelException.Limit($"the text of a value is longer than {MaxLength} characters");
        }

        switch (value.Kind)
        {
            case FeelKind.Null:
                text.Append("null");
                break;
            case FeelKind.Boolean:
                text.Append(value.IsTrue ? "true" : "false");
                break;
            case FeelKind.Number:
                text.Append(Number(value.Number));
                break;
            case FeelKind.String:
                text.Append(top && !literal ? value.Text : Quote(value.Text!));
                break;
            case FeelKind.List:
                text.Append('[');
                var first = true;
                foreach (var item in value.List!.Items)
                {
                    text.Append(first ? "" : ", ");
                    first = false;
                    Append(text, item, literal, top: false, depth + 1);
                }

                text.Append(']');
                break;
            case FeelKind.Context:
                AppendContext(text, value.Context!, literal, depth);
                break;
            case FeelKind.Range:
                AppendRange(text, value.Range!, literal, depth);
                break;
            case FeelKind.Function:
                text.Append(value.Function!.ToString());
                break;
            default:
                AppendTemporal(text, value, literal);
                break;
        }
    }

    private static void AppendContext(StringBuilder text, FeelContext context, bool literal, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var key in context.Keys)
        {
            context.TryGet(key, out var entry);
            text.Append(first ? "" : ", ").Append(IsPlainName(key) ? key : Quote(key)).Append(": ");
            first = false;
            Append(text, entry, literal, top: false, depth + 1);
        }

        text.Append('}');
    }

    private static void AppendRange(StringBuilder text, FeelRange range, bool literal, int depth)
    {
        if (range.Low.IsNull || range.High.IsNull)
        {
            var (sign, end) = range.Low.IsNull ? (range.HighIncluded ? "<=" : "<", range.High) : (range.LowIncluded ? ">=" : ">", range.Low);
            text.Append('(').Append(sign).Append(' ');
            Append(text, end, literal, top: false, depth + 1);
            text.Append(')');
            return;
        }

        text.Append(range.LowIncluded ? '[' : '(');
        Append(text, range.Low, literal, top: false, depth + 1);
        text.Append("..");
        Append(text, range.High, literal, top: false, depth + 1);
        text.Append(range.HighIncluded ? ']' : ')');
    }

    private static void AppendTemporal(StringBuilder text, FeelValue value, bool literal)
    {
        var plain = value.Kind switch
        {
            FeelKind.DaysTime => DaysTime(value.Number),
            FeelKind.YearsMonths => YearsMonths(value.Number),
            _ => value.Reference!.ToString()!,
        };
        text.Append(literal ? $"@\"{plain}\"" : plain);
    }

    private static bool IsPlainName(string key) =>
        key.Length > 0 && (char.IsLetter(key[0]) || key[0] == '_') && key.All(c => char.IsLetterOrDigit(c) || c is '_' or ' ') && key[^1] != ' ' && !key.Contains("  ", StringComparison.Ordinal)
        && !FeelKeywords.ContainsAny(key);
}
