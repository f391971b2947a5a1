namespace Ecosystem.Workflows.Tasks;

/// <summary>Public holidays by country, worked out from their rules.</summary>
internal static class Holidays
{
    internal static bool None(DateOnly day) => false;

    /// <summary>Germany, the nationwide ones.</summary>
    internal static bool Germany(DateOnly day) =>
        Fixed(day, (1, 1), (5, 1), (10, 3), (12, 25), (12, 26)) || AfterEaster(day) is -2 or 1 or 39 or 50;

    /// <summary>United States, federal, with the day off when one falls on a weekend.</summary>
    internal static bool UnitedStates(DateOnly day) =>
        Observed(day, 1, 1) || (day.Year >= 2021 && Observed(day, 6, 19)) || Observed(day, 7, 4) || Observed(day, 11, 11) || Observed(day, 12, 25)
        || Nth(day, 1, DayOfWeek.Monday, 3) || Nth(day, 2, DayOfWeek.Monday, 3) || Last(day, 5, DayOfWeek.Monday)
        || Nth(day, 9, DayOfWeek.Monday, 1) || Nth(day, 10, DayOfWeek.Monday, 2) || Nth(day, 11, DayOfWeek.Thursday, 4);

    /// <summary>England and Wales, with substitute days.</summary>
    internal static bool England(DateOnly day) =>
        Substitute(day, 1, 1) || AfterEaster(day) is -2 or 1 || Nth(day, 5, DayOfWeek.Monday, 1) || Last(day, 5, DayOfWeek.Monday) || Last(day, 8, DayOfWeek.Monday)
        || Christmas(day);

    /// <summary>France.</summary>
    internal static bool France(DateOnly day) =>
        Fixed(day, (1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)) || AfterEaster(day) is 1 or 39 or 50;

    /// <summary>Western Easter Sunday (the Gregorian computus).</summary>
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

    private static int AfterEaster(DateOnly day) => day.DayNumber - Easter(day.Year).DayNumber;

    private static bool Fixed(DateOnly day, params ReadOnlySpan<(int Month, int Day)> dates)
    {
        foreach (var (month, number) in dates)
        {
            if (day.Month == month && day.Day == number)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Nth(DateOnly day, int month, DayOfWeek weekday, int n) => day.Month == month && day.DayOfWeek == weekday && (day.Day - 1) / 7 == n - 1;

    private static bool Last(DateOnly day, int month, DayOfWeek weekday) => day.Month == month && day.DayOfWeek == weekday && day.AddDays(7).Month != month;

    private static bool Observed(DateOnly day, int month, int number) =>
        (day.Month == month && day.Day == number)
        || (day.DayOfWeek == DayOfWeek.Friday && day.AddDays(1) is var saturday && saturday.Month == month && saturday.Day == number)
        || (day.DayOfWeek == DayOfWeek.Monday && day.AddDays(-1) is var sunday && sunday.Month == month && sunday.Day == number);

    private static bool Substitute(DateOnly day, int month, int number) =>
        (day.Month == month && day.Day == number)
        || (day.DayOfWeek == DayOfWeek.Monday && new[] { day.AddDays(-1), day.AddDays(-2) }.Any(before => before.Month == month && before.Day == number));

    // Christmas Day and Boxing Day; each that falls on a weekend gives the next free weekday off.
    private static bool Christmas(DateOnly day) => day.Month == 12 && day.Day switch
    {
        25 or 26 => true,
        27 => new DateOnly(day.Year, 12, 25).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday,
        28 => new DateOnly(day.Year, 12, 25).DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday,
        _ => false,
    };
}
