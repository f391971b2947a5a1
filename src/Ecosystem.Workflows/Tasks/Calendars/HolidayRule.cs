using System.Globalization;

namespace Ecosystem.Workflows.Tasks.Calendars;

/// <summary>One line of <c>holidays.txt</c>: when a holiday falls, in which years, and what happens when that is a day off anyway.</summary>
internal sealed record HolidayRule
{
    private Func<int, DateOnly> when = null!;
    private int from = int.MinValue;
    private int until = int.MaxValue;
    private int every = 1;
    private int[] except = [];
    private (int Month, int Day, DayOfWeek Weekday)? only;
    private (int Month, int Day, DayOfWeek Weekday)? unless;

    internal required string Name { get; init; }

    /// <summary>A Saturday gives the Friday before off as well, a Sunday the Monday after.</summary>
    internal bool Observed { get; private set; }

    /// <summary>On a weekend or another holiday the next working day is off as well.</summary>
    internal bool Substitute { get; private set; }

    private bool NotSunday { get; set; }

    /// <summary>The day in a year, or null when there is none.</summary>
    internal DateOnly? In(int year)
    {
        if (year < from || year > until || year % every != 0 || except.Contains(year) || (only is { } wanted && !Is(year, wanted)) || (unless is { } barred && Is(year, barred)))
        {
            return null;
        }

        var day = when(year);
        return NotSunday && day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(-1) : day;
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no rule.</exception>
    internal static HolidayRule Parse(string line)
    {
        var cut = line.IndexOf(" = ", StringComparison.Ordinal);
        var words = cut > 0 ? line[..cut].Split(' ', StringSplitOptions.RemoveEmptyEntries) : throw new FormatException($"The holiday '{line}' has no name.");
        var rule = new HolidayRule { Name = line[(cut + 3)..].Trim(), when = When(words[0]) };
        foreach (var word in words.Skip(1))
        {
            var (option, value) = word.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (word[..at], word[(at + 1)..]) : (word, "");
            switch (option)
            {
                case "from":
                    rule.from = Number(value);
                    break;
                case "until":
                    rule.until = Number(value);
                    break;
                case "year":
                    rule.from = rule.until = Number(value);
                    break;
                case "not":
                    rule.except = [.. value.Split(',').Select(Number)];
                    break;
                case "every":
                    rule.every = Number(value);
                    break;
                case "if":
                    rule.only = Weekday(value);
                    break;
                case "unless":
                    rule.unless = Weekday(value);
                    break;
                case "observed":
                    rule.Observed = true;
                    break;
                case "substitute":
                    rule.Substitute = true;
                    break;
                case "not-sunday":
                    rule.NotSunday = true;
                    break;
                default:
                    throw new FormatException($"The holiday '{line}' has the unknown option '{word}'.");
            }
        }

        return rule;
    }

    /// <summary>Western Easter Sunday (the Gregorian computus in Butcher's form).</summary>
    internal static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static Func<int, DateOnly> When(string text)
    {
        if (text.StartsWith("easter", StringComparison.Ordinal))
        {
            var days = int.Parse(text.AsSpan("easter".Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return year => Easter(year).AddDays(days);
        }

        var parts = text.Split('-');
        switch (parts)
        {
            case [var month, var day]:
                var (m, d) = (Number(month), Number(day));
                return year => new DateOnly(year, m, d);
            case ["last", var weekday, var month]:
                var (lastMonth, lastWeekday) = (Number(month), WeekdayOf(weekday));
                return year => Before(new DateOnly(year, lastMonth, 1).AddMonths(1), lastWeekday);
            case [var nth, var weekday, var month]:
                var (n, nthMonth, nthWeekday) = (Number(nth), Number(month), WeekdayOf(weekday));
                return year => From(new DateOnly(year, nthMonth, 1), nthWeekday).AddDays(7 * (n - 1));
            case [var weekday, "before", var month, var day]:
                var (beforeMonth, beforeDay, beforeWeekday) = (Number(month), Number(day), WeekdayOf(weekday));
                return year => Before(new DateOnly(year, beforeMonth, beforeDay), beforeWeekday);
            case [var weekday, "from", var month, var day]:
                var (fromMonth, fromDay, fromWeekday) = (Number(month), Number(day), WeekdayOf(weekday));
                return year => From(new DateOnly(year, fromMonth, fromDay), fromWeekday);
            default:
                throw new FormatException($"'{text}' does not say when a holiday is.");
        }
    }

    private static DateOnly From(DateOnly day, DayOfWeek weekday) => day.AddDays(((int)weekday - (int)day.DayOfWeek + 7) % 7);

    private static DateOnly Before(DateOnly day, DayOfWeek weekday) => From(day.AddDays(-7), weekday);

    private static bool Is(int year, (int Month, int Day, DayOfWeek Weekday) test) => new DateOnly(year, test.Month, test.Day).DayOfWeek == test.Weekday;

    private static (int Month, int Day, DayOfWeek Weekday) Weekday(string text) =>
        text.Split('-') is [var month, var day, var weekday] ? (Number(month), Number(day), WeekdayOf(weekday)) : throw new FormatException($"'{text}' is not a date with a weekday.");

    private static DayOfWeek WeekdayOf(string text) =>
        Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var weekday) ? weekday : throw new FormatException($"'{text}' is no weekday.");

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
