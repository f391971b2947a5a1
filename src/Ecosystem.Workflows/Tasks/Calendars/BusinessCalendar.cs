namespace Ecosystem.Workflows.Tasks.Calendars;

/// <summary>When people work: hours, days of the week, holidays and time zone. Immutable.</summary>
internal sealed class BusinessCalendar
{
    private readonly HolidayRegion? holidays;
    private readonly bool everyDay;

    private BusinessCalendar(string name, string zone, TimeSpan opens, TimeSpan closes, HolidayRegion? holidays, bool everyDay) =>
        (Name, Zone, Opens, Closes, this.holidays, this.everyDay) = (name, TimeZoneInfo.FindSystemTimeZoneById(zone), opens, closes, holidays, everyDay);

    internal string Name { get; }

    internal TimeZoneInfo Zone { get; }

    /// <summary>Opening time, from midnight.</summary>
    internal TimeSpan Opens { get; }

    /// <summary>Closing time, from midnight; 24 hours for the end of the day.</summary>
    internal TimeSpan Closes { get; }

    /// <summary>Monday to Friday, without the holidays of a region.</summary>
    internal static BusinessCalendar Office(string name, string zone, HolidayRegion? holidays, int opens = 9, int closes = 17) =>
        new(name, zone, TimeSpan.FromHours(opens), TimeSpan.FromHours(closes), holidays, everyDay: false);

    /// <summary>Every hour of every day.</summary>
    internal static BusinessCalendar RoundTheClock(string name) => new(name, "Etc/UTC", TimeSpan.Zero, TimeSpan.FromHours(24), null, everyDay: true);

    internal bool IsWorkday(DateOnly day) =>
        everyDay || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && holidays?.HolidayOn(day) is null);

    /// <summary>The working time of a day, in UTC; null on a day off. A day on which the clocks change is as long as it is.</summary>
    internal (DateTimeOffset From, DateTimeOffset To)? Hours(DateOnly day) => IsWorkday(day) ? (At(day, Opens), At(day, Closes)) : null;

    internal DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>A time of day as a moment. One that the clocks skip is the moment after the skip; one they show twice is the second.</summary>
    internal DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15 - (local.Minute % 15));
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
