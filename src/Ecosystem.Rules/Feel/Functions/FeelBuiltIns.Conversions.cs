using System.Globalization;

namespace Ecosystem.Rules.Feel;

internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Conversions()
    {
        yield return new FeelBuiltIn("date", Way("from", DateFrom), Way("year, month, day", DateOf));
        yield return new FeelBuiltIn("date and time", Way("from", DateTimeFrom), Way("date, time", DateTimeOf),
            Way("year, month, day, hour, minute, second", DateTimeParts), Way("year, month, day, hour, minute, second, offset", DateTimeParts),
            Way("year, month, day, hour, minute, second, timezone", DateTimeParts));
        yield return new FeelBuiltIn("time", Way("from", TimeFrom), Way("hour, minute, second, offset?", TimeOf));
        yield return new FeelBuiltIn("number", Way("from", NumberFrom), Way("from, grouping separator, decimal separator", NumberFrom));
        yield return Of("string", "from", (run, a) =>
        {
            var text = a[0].IsNull ? null : FeelText.Plain(a[0]);
            run.Charge(text?.Length ?? 0);
            return FeelValue.Of(text);
        });
        yield return Of("duration", "from", DurationFrom);
        yield return Of("years and months duration", "from, to", MonthsBetween);
        yield return Of("not", "negand", (run, a) => a[0].IsBoolean ? FeelValue.Of(a[0].IsFalse) : run.Fail("not", "true or false"));
        yield return Of("is", "value1, value2", (_, a) => FeelValue.Of(Identical(a[0], a[1])));
        yield return Of("range", "from", RangeFrom);
    }

    private static FeelValue Bad(FeelRun run, string name, FeelValue result, string expected) => result.IsNull ? run.Fail(name, expected) : result;

    private static FeelValue DateFrom(FeelRun run, FeelValue[] a)
    {
        var from = Single(a[0]);
        return Bad(run, "date", from.Reference switch
        {
            string text => FeelValue.Of(FeelTemporal.ParseDate(text)),
            FeelDate => from,
            FeelDateTime moment => FeelValue.Of(moment.Date),
            _ => FeelValue.Null,
        }, "a text such as \"2026-01-31\", a date or a date and time");
    }

    private static FeelValue DateOf(FeelRun run, FeelValue[] a) =>
        TryNumber(a, 0, out var year) && TryNumber(a, 1, out var month) && TryNumber(a, 2, out var day) && ToDate(year, month, day) is { } date
            ? FeelValue.Of(date)
            : run.Fail("date", "a year, a month and a day that exist");

    private static FeelDate? ToDate(decimal year, decimal month, decimal day) =>
        IsWhole(year) && IsWhole(month) && IsWhole(day) && Math.Abs(year) <= FeelCalendar.MaxYear && month is >= 1 and <= 12 && day is >= 1 and <= 31
        && FeelCalendar.IsValid((long)year, (long)month, (long)day)
            ? new FeelDate((long)year, (int)month, (int)day)
            : null;

    private static FeelValue DateTimeFrom(FeelRun run, FeelValue[] a)
    {
        var from = Single(a[0]);
        return Bad(run, "date and time", from.Reference switch
        {
            string text => FeelTemporal.ParseDateTime(text) is { } moment
                ? FeelValue.Of(moment)
                : FeelTemporal.ParseDate(text) is { } day ? FeelValue.Of(new FeelDateTime(day, 0, null)) : FeelValue.Null,
            FeelDateTime => from,
            FeelDate date => FeelValue.Of(new FeelDateTime(date, 0, FeelZone.Utc)),
            _ => FeelValue.Null,
        }, "a text such as \"2026-01-31T12:00:00Z\"");
    }

    private static FeelValue DateTimeOf(FeelRun run, FeelValue[] a)
    {
        var date = Single(a[0]).Reference switch
        {
            FeelDate day => day,
            FeelDateTime moment => moment.Date,
            _ => null,
        };
        return date is not null && Single(a[1]).Reference is FeelTime time
            ? FeelValue.Of(new FeelDateTime(date, time.NanosOfDay, time.Zone))
            : run.Fail("date and time", "a date (or date and time) and a time");
    }

    private static FeelValue DateTimeParts(FeelRun run, FeelValue[] a)
    {
        if (TryNumber(a, 0, out var year) && TryNumber(a, 1, out var month) && TryNumber(a, 2, out var day) && ToDate(year, month, day) is { } date
            && ToNanos(a, 3) is { } nanos)
        {
            var zone = a.Length <= 6 || a[6].IsNull ? null : a[6].Text is { } name ? FeelZone.Find(name) : ToZone(a[6]);
            if (a.Length <= 6 || a[6].IsNull || zone is not null)
            {
                return FeelValue.Of(new FeelDateTime(date, nanos, zone));
            }
        }

        return run.Fail("date and time", "year, month, day, hour, minute, second that exist, and an offset or zone");
    }

    private static FeelZone? ToZone(FeelValue offset) =>
        offset.Kind == FeelKind.DaysTime && Math.Abs(offset.Number) <= FeelZone.MaxOffset && IsWhole(offset.Number) ? FeelZone.Offset((int)offset.Number) : null;

    private static long? ToNanos(FeelValue[] a, int at) =>
        TryNumber(a, at, out var hour) && TryNumber(a, at + 1, out var minute) && TryNumber(a, at + 2, out var second)
        && IsWhole(hour) && IsWhole(minute) && hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and < 60
            ? (((long)hour * 3600) + ((long)minute * 60)) * FeelCalendar.NanosPerSecond + (long)decimal.Truncate(second * FeelCalendar.NanosPerSecond)
            : null;

    private static FeelValue TimeFrom(FeelRun run, FeelValue[] a)
    {
        var from = Single(a[0]);
        return Bad(run, "time", from.Reference switch
        {
            string text => FeelValue.Of(FeelTemporal.ParseTime(text)),
            FeelTime => from,
            FeelDateTime moment => FeelValue.Of(moment.Time),
            FeelDate => FeelValue.Of(new FeelTime(0, FeelZone.Utc)),
            _ => FeelValue.Null,
        }, "a text such as \"12:00:00\", a time, a date or a date and time");
    }

    private static FeelValue TimeOf(FeelRun run, FeelValue[] a)
    {
        var offset = a.Length > 3 ? Single(a[3]) : FeelValue.Null;
        var zone = offset.IsNull ? null : ToZone(offset);
        return ToNanos(a, 0) is { } nanos && (offset.IsNull || zone is not null)
            ? FeelValue.Of(new FeelTime(nanos, zone))
            : run.Fail("time", "hour, minute and second that exist, and an offset as a duration");
    }

    private static FeelValue NumberFrom(FeelRun run, FeelValue[] a)
    {
        const string Expected = "a text with a number, a grouping separator (space, comma or point) and a decimal separator (point or comma), or null for either";
        if (a.Length == 1 && Single(a[0]).IsNumber)
        {
            return Single(a[0]);
        }

        if (!TryText(a, 0, out var text))
        {
            return run.Fail("number", Expected);
        }

        var grouping = a.Length > 1 ? a[1] : FeelValue.Null;
        var point = a.Length > 2 ? a[2] : FeelValue.Null;
        if ((!grouping.IsNull && grouping.Text is not (" " or "," or ".")) || (!point.IsNull && point.Text is not ("." or ","))
            || (!grouping.IsNull && grouping.Text == point.Text) || (point.IsNull && grouping.Text == "."))
        {
            return run.Fail("number", Expected);
        }

        if (grouping.Text is { } separator)
        {
            text = text.Replace(separator, "", StringComparison.Ordinal);
        }

        if (point.Text == ",")
        {
            if (text.Contains('.', StringComparison.Ordinal))
            {
                return run.Fail("number", Expected);
            }

            text = text.Replace(',', '.');
        }

        return text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? FeelValue.Of(number)
                : run.Fail("number", Expected);
    }

    private static FeelValue DurationFrom(FeelRun run, FeelValue[] a)
    {
        var from = Single(a[0]);
        return from.Kind is FeelKind.DaysTime or FeelKind.YearsMonths
            ? from
            : Bad(run, "duration", from.Text is { } text ? FeelTemporal.ParseDuration(text) : FeelValue.Null, "a text such as \"P1DT2H\" or \"P1Y2M\"");
    }

    private static FeelValue MonthsBetween(FeelRun run, FeelValue[] a)
    {
        if (DateOf(a[0]) is not { } from || DateOf(a[1]) is not { } to)
        {
            return run.Fail("years and months duration", "two dates or dates and times");
        }

        var months = ((to.Year - (decimal)from.Year) * 12) + to.Month - from.Month;
        if (months > 0 && to.Day < from.Day)
        {
            months--;
        }
        else if (months < 0 && to.Day > from.Day)
        {
            months++;
        }

        return FeelValue.Months(months);

        static FeelDate? DateOf(FeelValue value) => Single(value).Reference switch
        {
            FeelDate date => date,
            FeelDateTime moment => moment.Date,
            _ => null,
        };
    }

    /// <summary>The same element of FEEL's domain: the same kind, and for times the same clock reading and offset.</summary>
    private static bool Identical(FeelValue a, FeelValue b)
    {
        if (a.Kind != b.Kind)
        {
            return false;
        }

        return a.Kind switch
        {
            FeelKind.Time => SameReading((FeelTime)a.Reference!, (FeelTime)b.Reference!),
            FeelKind.DateTime => SameReading((FeelDateTime)a.Reference!, (FeelDateTime)b.Reference!),
            _ => FeelComparison.Same(a, b),
        };
    }

    private static bool SameReading(FeelTime a, FeelTime b) =>
        a.NanosOfDay == b.NanosOfDay && a.Zone?.OffsetAt(null, a.NanosOfDay) == b.Zone?.OffsetAt(null, b.NanosOfDay);

    private static bool SameReading(FeelDateTime a, FeelDateTime b) => a.NanosOfDay == b.NanosOfDay && a.Date.Equals(b.Date) && a.Offset == b.Offset;

    private static FeelValue RangeFrom(FeelRun run, FeelValue[] a)
    {
        const string Expected = "a text such as \"[1..10]\" with literal ends";
        if (!TryText(a, 0, out var text))
        {
            return run.Fail("range", Expected);
        }

        text = text.Trim();
        var dots = Dots(text);
        if (text.Length < 4 || dots < 0 || text[0] is not ('[' or '(' or ']') || text[^1] is not (']' or ')' or '['))
        {
            return run.Fail("range", Expected);
        }

        try
        {
            var (low, high) = (End(text[1..dots], run), End(text[(dots + 2)..^1], run));
            // An end left out is open: it belongs to a round or turned bracket.
            return low is null || high is null || !Ends(low.Value, high.Value) || (low.Value.IsNull && text[0] == '[') || (high.Value.IsNull && text[^1] == ']')
                ? run.Fail("range", Expected)
                : FeelValue.Of(new FeelRange(low.Value, text[0] == '[', high.Value, text[^1] == ']'));
        }
        catch (FeelException e) when (!run.Strict && e.Diagnostics[0].Code != "feel-limit")
        {
            return FeelValue.Null;
        }

        static FeelValue? End(string text, FeelRun run) =>
            string.IsNullOrWhiteSpace(text) ? FeelValue.Null : Constant(FeelReader.ReadExpression(text, null, run.Limits), run) is { IsNull: false } value ? value : null;

        static bool Ends(FeelValue low, FeelValue high) => low.IsNull ? FeelOrder.IsOrdered(high) : high.IsNull ? FeelOrder.IsOrdered(low) : FeelComparison.Compare(low, high) <= 0;

        static FeelValue? Constant(FeelSyntax syntax, FeelRun run) => syntax switch
        {
            FeelLiteral literal => literal.Value,
            FeelCall { Target: FeelNameRef { Name: "date" or "time" or "date and time" or "duration" }, Arguments: [{ Value: FeelLiteral { Value.Text: not null } }] } call =>
                new FeelCompiler(FeelOptions.Default).Compile(call).Run(new FeelFrame(run, null, [])),
            _ => null,
        };
    }

    /// <summary>Where the two dots stand, outside of quoted text; -1 when nowhere.</summary>
    private static int Dots(string text)
    {
        var quoted = false;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            quoted ^= text[i] == '"' && text[i - (i > 0 ? 1 : 0)] != '\\';
            if (!quoted && text[i] == '.' && text[i + 1] == '.')
            {
                return i;
            }
        }

        return -1;
    }
}
