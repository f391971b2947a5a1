using NodaTime;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>A structured calendar made ready for finding times. Times are whole seconds.</summary>
/// <remarks>A field without ranges matches nothing, except the year, which may be left out.</remarks>
internal sealed class CompiledCalendar
{
    private readonly DateTimeZone _zone;
    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekDays;
    private readonly HashSet<int>? _years;

    public CompiledCalendar(StructuredCalendarSpec calendar, DateTimeZone zone)
    {
        _zone = zone;
        _seconds = Bits(calendar.Second);
        _minutes = Bits(calendar.Minute);
        _hours = Bits(calendar.Hour);
        _days = Bits(calendar.DayOfMonth);
        _months = Bits(calendar.Month);
        _weekDays = Bits(calendar.DayOfWeek);
        _years = calendar.Year.Count == 0 ? null : [.. calendar.Year.SelectMany(Values)];
    }

    /// <summary>Whether an instant is one of the calendar's times.</summary>
    public bool Matches(DateTimeOffset instant)
    {
        var local = Local(instant);
        return MatchesDay(DateOnly.FromDateTime(local)) && Has(_hours, local.Hour) && Has(_minutes, local.Minute) && Has(_seconds, local.Second);
    }

    /// <summary>The first time after an instant, or null if there is none until the last year that calendars know.</summary>
    /// <remarks>
    /// A wall-clock time that the clock skips is passed over. Of an hour that comes twice both count where <see cref="InstantOf"/> takes the
    /// first, which it does west of Greenwich; east of it one of them does. A server's schedules do the same.
    /// </remarks>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (_seconds == 0 || _minutes == 0 || _hours == 0 || _days == 0 || _months == 0 || _weekDays == 0)
        {
            return null;
        }

        var from = Local(after);
        var (time, again) = Advance(Hour(from).AddSeconds((from.Minute * 60) + from.Second), false, Local(after.AddHours(-1)).Hour == from.Hour);
        if (time.Year < CalendarField.Year.Minimum)
        {
            time = new DateTime(CalendarField.Year.Minimum, 1, 1);
        }

        while (time.Year <= CalendarField.Year.Maximum)
        {
            if (NextDay(time) is { } midnight)
            {
                (time, again) = (midnight, false);
            }
            else if (!Has(_hours, time.Hour))
            {
                (time, again) = (Hour(time).AddHours(1), false);
            }
            else if (!Has(_minutes, time.Minute) || !Has(_seconds, time.Second))
            {
                (time, again) = Advance(time, !Has(_minutes, time.Minute), again);
            }
            else if (InstantOf(time) is var instant && Local(instant).Hour != time.Hour)
            {
                time = Hour(time).AddHours(1);
            }
            else
            {
                return again ? instant.AddHours(1) : instant;
            }
        }

        return null;
    }

    private static DateTime Hour(DateTime time) => time.Date.AddHours(time.Hour);

    /// <summary>The next minute or second; past the end of an hour that comes twice, its beginning again.</summary>
    private (DateTime Time, bool Again) Advance(DateTime time, bool minute, bool again)
    {
        var next = minute ? Hour(time).AddMinutes(time.Minute + 1) : time.AddSeconds(1);
        if (next.Hour == time.Hour)
        {
            return (next, again);
        }

        return !again && InstantOf(next) - InstantOf(Hour(time)) > TimeSpan.FromHours(1) ? (Hour(time), true) : (next, false);
    }

    /// <summary>The beginning of the next day or month that may match, if the day of a time does not.</summary>
    private DateTime? NextDay(DateTime time)
    {
        if (_years?.Contains(time.Year) == false)
        {
            return new DateTime(time.Year + 1, 1, 1);
        }

        if (!Has(_months, time.Month))
        {
            return new DateTime(time.Year, time.Month, 1).AddMonths(1);
        }

        // The day of the week is that of the instant: where midnight is skipped, the day before has it.
        return Has(_days, time.Day) && Has(_weekDays, (int)Local(InstantOf(time)).DayOfWeek) ? null : time.Date.AddDays(1);
    }

    /// <summary>
    /// The instant of a wall-clock time: with the offset that is in force when UTC's clock shows that time, if it is still in force then,
    /// else with the one that is.
    /// </summary>
    private DateTimeOffset InstantOf(DateTime time)
    {
        var asUtc = Instant.FromDateTimeUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc));
        var interval = _zone.GetZoneInterval(asUtc);
        var instant = asUtc - NodaTime.Duration.FromNanoseconds(interval.WallOffset.Nanoseconds);
        if (!interval.Contains(instant))
        {
            instant = asUtc - NodaTime.Duration.FromNanoseconds(_zone.GetUtcOffset(instant).Nanoseconds);
        }

        return instant.ToDateTimeOffset();
    }

    private DateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).LocalDateTime.ToDateTimeUnspecified();

    private bool MatchesDay(DateOnly day) =>
        _years?.Contains(day.Year) != false && Has(_months, day.Month) && Has(_days, day.Day) && Has(_weekDays, (int)day.DayOfWeek);

    private static bool Has(ulong bits, int value) => (bits >> value & 1) != 0;

    private static ulong Bits(IEnumerable<Temporalio.Api.Schedule.V1.Range> ranges) =>
        ranges.SelectMany(Values).Where(value => value < 64).Aggregate(0UL, (bits, value) => bits | (1UL << value));

    private static IEnumerable<int> Values(Temporalio.Api.Schedule.V1.Range range)
    {
        var end = Math.Max(range.Start, range.End);
        var step = Math.Max(1, range.Step);
        for (var value = range.Start; value <= end; value += step)
        {
            yield return value;
        }
    }
}
