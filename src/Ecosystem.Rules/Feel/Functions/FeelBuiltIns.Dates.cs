using System.Globalization;

namespace Ecosystem.Rules.Feel;

internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Dates()
    {
        yield return Of("today", "", (run, _) =>
        {
            var now = run.Clock.GetLocalNow();
            return FeelValue.Of(new FeelDate(now.Year, now.Month, now.Day));
        });
        yield return Of("now", "", (run, _) => FeelBoundary.FromClr(run.Clock.GetLocalNow()));
        yield return Of("day of year", "date", (run, a) => OnDate(run, a, "day of year", d => FeelValue.Of((decimal)(d.EpochDay - FeelCalendar.ToEpochDay(d.Year, 1, 1) + 1))));
        yield return Of("day of week", "date", (run, a) => OnDate(run, a, "day of week", d => FeelValue.Of(EnglishName(CultureInfo.InvariantCulture.DateTimeFormat.DayNames, FeelProperties.Weekday(d) % 7))));
        yield return Of("month of year", "date", (run, a) => OnDate(run, a, "month of year", d => FeelValue.Of(EnglishName(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, d.Month - 1))));
        yield return Of("week of year", "date", (run, a) => OnDate(run, a, "week of year", d => FeelValue.Of((decimal)IsoWeek(d))));
    }

    private static string EnglishName(string[] names, int index) => names[index];

    private static FeelValue OnDate(FeelRun run, FeelValue[] a, string name, Func<FeelDate, FeelValue> body) => Single(a[0]).Reference switch
    {
        FeelDate date => body(date),
        FeelDateTime moment => body(moment.Date),
        _ => run.Fail(name, "a date or a date and time"),
    };

    /// <summary>Week of the ISO 8601 calendar: the week of the year that holds this week's Thursday.</summary>
    private static long IsoWeek(FeelDate date)
    {
        var thursday = date.EpochDay + 4 - FeelProperties.Weekday(date);
        var (year, _, _) = FeelCalendar.FromEpochDay(thursday);
        return ((thursday - FeelCalendar.ToEpochDay(year, 1, 1)) / 7) + 1;
    }
}
