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

    /// <summary>
    /// The first time after an instant. A wall-clock time that the clock skips is passed over; one that comes twice counts the first time.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (_seconds == 0 || _minutes == 0 || _hours == 0)
        {
            return null;
        }

        var from = Local(after);
        for (var day = NextDay(DateOnly.FromDateTime(from)); day is { } date; day = NextDay(date.AddDays(1)))
        {
            var earliest = date == DateOnly.FromDateTime(from) ? from.TimeOfDay : TimeSpan.Zero;
            foreach (var time in TimesFrom(earliest))
            {
                var local = date.ToDateTime(TimeOnly.MinValue) + time;
                var mapping = _zone.MapLocal(LocalDateTime.FromDateTime(local));
                if (mapping.Count > 0 && mapping.First().ToDateTimeOffset().ToUniversalTime() is var instant && instant > after)
                {
                    return instant;
                }
            }
        }

        return null;
    }

    private DateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).LocalDateTime.ToDateTimeUnspecified();

    private IEnumerable<TimeSpan> TimesFrom(TimeSpan earliest)
    {
        for (var hour = earliest.Hours; hour < 24; hour++)
        {
            if (!Has(_hours, hour))
            {
                continue;
            }

            for (var minute = hour == earliest.Hours ? earliest.Minutes : 0; minute < 60; minute++)
            {
                if (!Has(_minutes, minute))
                {
                    continue;
                }

                for (var second = 0; second < 60; second++)
                {
                    if (Has(_seconds, second))
                    {
                        yield return new TimeSpan(hour, minute, second);
                    }
                }
            }
        }
    }

    private DateOnly? NextDay(DateOnly from)
    {
        if (_days == 0 || _months == 0 || _weekDays == 0)
        {
            return null;
        }

        var day = from.Year < CalendarField.Year.Minimum ? new DateOnly(CalendarField.Year.Minimum, 1, 1) : from;
        while (day.Year <= CalendarField.Year.Maximum)
        {
            if (_years?.Contains(day.Year) == false)
            {
                day = new DateOnly(day.Year + 1, 1, 1);
            }
            else if (!Has(_months, day.Month))
            {
                day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            }
            else if (MatchesDay(day))
            {
                return day;
            }
            else
            {
                day = day.AddDays(1);
            }
        }

        return null;
    }

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
