namespace Ecosystem.Workflows.Tasks;

/// <summary>When people work: hours, weekend, holidays and time zone. Immutable.</summary>
internal sealed class BusinessCalendar
{
    private readonly Func<DateOnly, bool> isHoliday;

    internal BusinessCalendar(string name, string zone, TimeOnly opens, TimeOnly closes, Func<DateOnly, bool> isHoliday)
    {
        Name = name;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Opens = opens;
        Closes = closes;
        this.isHoliday = isHoliday;
    }

    internal string Name { get; }

    internal TimeZoneInfo Zone { get; }

    internal TimeOnly Opens { get; }

    internal TimeOnly Closes { get; }

    internal bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !isHoliday(day);

    /// <summary>The working time of a day, in UTC; null on a day off. A day on which the clocks change is as long as it is.</summary>
    internal (DateTimeOffset From, DateTimeOffset To)? Hours(DateOnly day) => IsWorkday(day) ? (At(day, Opens), At(day, Closes)) : null;

    internal DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    private DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
