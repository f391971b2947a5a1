using NodaTime;

namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>The rule by which clocks change every year, as POSIX writes it in <c>TZ</c>: <c>CET-1CEST,M3.5.0,M10.5.0/3</c>.</summary>
/// <param name="Standard">The offset without summer time.</param>
/// <param name="Summer">The offset in summer; the same where clocks do not change.</param>
/// <param name="Begin">When summer time begins, by the clock before it.</param>
/// <param name="End">When it ends, by the clock before it.</param>
internal sealed record TimeZoneRule(Offset Standard, Offset Summer, TimeZoneRule.Date? Begin, TimeZoneRule.Date? End)
{
    private const int Hour = 3600;

    /// <summary>No schedule asks for times before.</summary>
    private const int FirstYear = 1970;

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>A day of the year and the time at which clocks change.</summary>
    /// <param name="Kind"><c>M</c> for a week day of a month, <c>J</c> for a day that leap years do not shift, <c>N</c> for a day counted from zero.</param>
    /// <param name="Month">The month, for <c>M</c>.</param>
    /// <param name="Week">The week, 5 for the last, for <c>M</c>.</param>
    /// <param name="Day">The day of the week, 0 for Sunday; or of the year.</param>
    /// <param name="Seconds">After midnight; may be negative or more than a day.</param>
    internal sealed record Date(char Kind, int Month, int Week, int Day, int Seconds)
    {
        public LocalDateTime In(int year)
        {
            var day = Kind switch
            {
                'M' => DayOfMonth(year),
                'J' => new LocalDate(year, 1, 1).PlusDays(Day - 1 + (CalendarSystem.Iso.IsLeapYear(year) && Day >= 60 ? 1 : 0)),
                _ => new LocalDate(year, 1, 1).PlusDays(Day),
            };
            return day.AtMidnight().PlusSeconds(Seconds);
        }

        private LocalDate DayOfMonth(int year)
        {
            var first = new LocalDate(year, Month, 1);
            var day = first.PlusDays((Day - ((int)first.DayOfWeek % 7) + 7) % 7).PlusWeeks(Week - 1);
            return day.Month == Month ? day : day.PlusWeeks(-1);
        }
    }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeZoneRule Parse(string text)
    {
        var rest = text.AsSpan();
        SkipName(ref rest);
        var standard = -ReadTime(ref rest);
        if (rest.IsEmpty)
        {
            return new TimeZoneRule(Offset.FromSeconds(standard), Offset.FromSeconds(standard), null, null);
        }

        SkipName(ref rest);
        var summer = rest.IsEmpty || rest[0] == ',' ? standard + Hour : -ReadTime(ref rest);
        if (rest.IsEmpty)
        {
            // What POSIX leaves open is read as everybody reads it: the United States' rule.
            rest = ",M3.2.0,M11.1.0";
        }

        return new TimeZoneRule(Offset.FromSeconds(standard), Offset.FromSeconds(summer), ReadDate(ref rest), ReadDate(ref rest));
    }

    /// <summary>The changes after an instant, until the last year that calendars know; none where clocks do not change.</summary>
    public IEnumerable<(Instant At, Offset Offset)> After(Instant last)
    {
        if (Begin is null || End is null)
        {
            return [];
        }

        var first = last == Instant.MinValue ? FirstYear : last.InUtc().Year;
        return Enumerable.Range(first, CalendarField.Year.Maximum + 2 - first)
            .SelectMany(year => new[]
            {
                (At: Begin.In(year).WithOffset(Standard).ToInstant(), Offset: Summer),
                (At: End.In(year).WithOffset(Summer).ToInstant(), Offset: Standard),
            })
            .Where(change => change.At > last)
            .OrderBy(change => change.At);
    }

    private static void SkipName(ref ReadOnlySpan<char> text)
    {
        var length = text.StartsWith("<") ? text.IndexOf('>') + 1 : text.IndexOfAnyExcept(Letters);
        length = length < 0 ? text.Length : length;
        if (length < 3)
        {
            throw new FormatException();
        }

        text = text[length..];
    }

    /// <summary>Hours, minutes and seconds with a sign, in seconds.</summary>
    private static int ReadTime(ref ReadOnlySpan<char> text)
    {
        var sign = text.StartsWith("-") ? -1 : 1;
        text = text.StartsWith("-") || text.StartsWith("+") ? text[1..] : text;
        var seconds = ReadNumber(ref text) * Hour;
        for (var unit = 60; unit > 0 && text.StartsWith(":"); unit /= 60)
        {
            text = text[1..];
            seconds += ReadNumber(ref text) * unit;
        }

        return sign * seconds;
    }

    private static int ReadNumber(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        var number = int.Parse(text[..length], CultureInfo.InvariantCulture);
        text = text[length..];
        return number;
    }

    private static Date ReadDate(ref ReadOnlySpan<char> text)
    {
        Skip(ref text, ',');
        var kind = text.StartsWith("M") ? 'M' : text.StartsWith("J") ? 'J' : 'N';
        text = kind == 'N' ? text : text[1..];
        var (month, week, day) = (0, 0, ReadNumber(ref text));
        if (kind == 'M')
        {
            month = day;
            Skip(ref text, '.');
            week = ReadNumber(ref text);
            Skip(ref text, '.');
            day = ReadNumber(ref text);
        }

        if (!text.StartsWith("/"))
        {
            return new Date(kind, month, week, day, 2 * Hour);
        }

        text = text[1..];
        return new Date(kind, month, week, day, ReadTime(ref text));
    }

    private static void Skip(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
        {
            throw new FormatException();
        }

        text = text[1..];
    }
}
