using System.Globalization;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Reckons in the hours people work. Pure, so that a workflow may use it.</summary>
internal static class BusinessTime
{
    /// <summary>The calendars, by name.</summary>
    internal static readonly IReadOnlyDictionary<string, BusinessCalendar> Calendars = new BusinessCalendar[]
    {
        new("default", "Etc/UTC", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.None),
        new("de", "Europe/Berlin", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.Germany),
        new("us", "America/New_York", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.UnitedStates),
        new("us-west", "America/Los_Angeles", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.UnitedStates),
        new("uk", "Europe/London", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.England),
        new("fr", "Europe/Paris", new TimeOnly(9, 0), new TimeOnly(17, 0), Holidays.France),
        new("round-the-clock", "Etc/UTC", new TimeOnly(0, 0), new TimeOnly(23, 59, 59), Holidays.None),
    }.ToDictionary(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a calendar by its name or a country code; the default one when there is none of that name.</summary>
    internal static BusinessCalendar Calendar(string? name) =>
        name is { Length: > 0 } && Calendars.TryGetValue(name.Equals("GB", StringComparison.OrdinalIgnoreCase) ? "uk" : name, out var calendar) ? calendar : Calendars["default"];

    /// <summary>
    /// Adds a duration: <c>48 business hours</c>, <c>2 business days</c>, or one of plain time (<c>P3D</c>, <c>1.00:00:00</c>).
    /// </summary>
    /// <returns>The time, or null when the text is not a duration.</returns>
    internal static DateTimeOffset? Add(DateTimeOffset from, string duration, BusinessCalendar calendar)
    {
        var parts = duration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 3 && parts[1].Equals("business", StringComparison.OrdinalIgnoreCase) && decimal.TryParse(parts[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var count) && count >= 0)
        {
            switch (parts[2].TrimEnd('s').ToUpperInvariant())
            {
                case "HOUR":
                    return AddHours(from, TimeSpan.FromHours((double)count), calendar);
                case "DAY":
                    return AddDays(from, (int)count, calendar);
                default:
                    return null;
            }
        }

        return Durations.Parse(duration) is { } span ? from + span : null;
    }

    /// <summary>The working time between two moments.</summary>
    internal static TimeSpan Between(DateTimeOffset from, DateTimeOffset to, BusinessCalendar calendar)
    {
        var total = TimeSpan.Zero;
        for (var day = calendar.DayOf(from); day <= calendar.DayOf(to); day = day.AddDays(1))
        {
            if (calendar.Hours(day) is { } hours)
            {
                var start = hours.From > from ? hours.From : from;
                var end = hours.To < to ? hours.To : to;
                total += end > start ? end - start : TimeSpan.Zero;
            }
        }

        return total;
    }

    private static DateTimeOffset AddHours(DateTimeOffset from, TimeSpan left, BusinessCalendar calendar)
    {
        for (var day = calendar.DayOf(from); ; day = day.AddDays(1))
        {
            if (calendar.Hours(day) is { } hours)
            {
                var start = hours.From > from ? hours.From : from;
                if (start < hours.To)
                {
                    if (left <= hours.To - start)
                    {
                        return start + left;
                    }

                    left -= hours.To - start;
                }
            }
        }
    }

    // The same time of day so many working days on; outside working hours it counts from the next opening.
    private static DateTimeOffset AddDays(DateTimeOffset from, int days, BusinessCalendar calendar)
    {
        var start = AddHours(from, TimeSpan.Zero, calendar);
        var local = TimeZoneInfo.ConvertTime(start, calendar.Zone);
        var day = calendar.DayOf(start);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            left -= calendar.IsWorkday(day) ? 1 : 0;
        }

        var time = day.ToDateTime(TimeOnly.FromDateTime(local.DateTime));
        return new DateTimeOffset(time, calendar.Zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
