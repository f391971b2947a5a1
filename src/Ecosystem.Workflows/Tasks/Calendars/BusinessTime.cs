using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tasks.Calendars;

/// <summary>Reckons in the hours people work. Pure, so that a workflow may use it. Safe for use by many threads.</summary>
internal static class BusinessTime
{
    private static readonly FrozenDictionary<string, BusinessCalendar> Named = new[]
    {
        BusinessCalendar.Office("default", "Etc/UTC", null),
        BusinessCalendar.Office("us-west", "America/Los_Angeles", HolidayRegion.All["US"]),
        BusinessCalendar.RoundTheClock("round-the-clock"),
    }.ToFrozenDictionary(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, BusinessCalendar> Regional = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all calendars: those of their own, and one per region.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Named.Keys.Order(StringComparer.Ordinal), .. HolidayRegion.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Finds a calendar: by name, or by the code of a country or region (<c>DE-BY</c>), with the country's when the region has none.
    /// </summary>
    /// <returns>The calendar; <c>default</c> (9 to 17 h UTC, no holidays) when there is none of that name.</returns>
    internal static BusinessCalendar Calendar(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return Named["default"];
        }

        if (Named.TryGetValue(name, out var calendar))
        {
            return calendar;
        }

        return RegionOf(name.Equals("UK", StringComparison.OrdinalIgnoreCase) ? "GB" : name) is { } region
            ? Regional.GetOrAdd(region.Code, _ => BusinessCalendar.Office(region.Code, region.Zone, region))
            : Named["default"];
    }

    /// <summary>
    /// Adds a duration: <c>48 business hours</c>, <c>2 business days</c>, or one of plain time (<c>P3D</c>, <c>1.00:00:00</c>).
    /// </summary>
    /// <returns>The time, or null when the text is not a duration.</returns>
    internal static DateTimeOffset? Add(DateTimeOffset from, string duration, BusinessCalendar calendar)
    {
        var parts = duration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 3 && parts[1].Equals("business", StringComparison.OrdinalIgnoreCase)
            && decimal.TryParse(parts[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var count) && count is >= 0 and <= 100_000)
        {
            return parts[2].TrimEnd('s').ToUpperInvariant() switch
            {
                "MINUTE" => Add(from, TimeSpan.FromMinutes((double)count), calendar),
                "HOUR" => Add(from, TimeSpan.FromHours((double)count), calendar),
                "DAY" => AddDays(from, (int)count, calendar),
                _ => null,
            };
        }

        return Durations.Parse(duration) is { } span ? from + span : null;
    }

    /// <summary>Adds working time, 0 or more; what is outside working hours counts from the next opening.</summary>
    internal static DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime, BusinessCalendar calendar)
    {
        var left = workingTime;
        for (var day = calendar.DayOf(from); ; day = day.AddDays(1))
        {
            if (calendar.Hours(day) is not { } hours || from > hours.To)
            {
                continue;
            }

            var start = hours.From > from ? hours.From : from.ToUniversalTime();
            if (left <= hours.To - start)
            {
                return start + left;
            }

            left -= hours.To - start;
        }
    }

    /// <summary>The working time between two moments; zero when the second is not later.</summary>
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

    // The same time of day so many working days on; outside working hours it counts from the next opening.
    private static DateTimeOffset AddDays(DateTimeOffset from, int days, BusinessCalendar calendar)
    {
        var start = Add(from, TimeSpan.Zero, calendar);
        var time = TimeZoneInfo.ConvertTime(start, calendar.Zone).TimeOfDay;
        var day = calendar.DayOf(start);
        if (days == 0)
        {
            return start;
        }

        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            left -= calendar.IsWorkday(day) ? 1 : 0;
        }

        return calendar.At(day, time);
    }

    private static HolidayRegion? RegionOf(string code) =>
        HolidayRegion.All.TryGetValue(code, out var region)
        || (code.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && HolidayRegion.All.TryGetValue(code[..dash], out region))
            ? region
            : null;
}
