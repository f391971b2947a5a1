using Ecosystem.Temporal.Durations;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>Reads calendars and cron strings, whose fields are text, as structured calendars and intervals.</summary>
internal static class CalendarText
{
    /// <summary>A calendar whose fields are text as a structured one.</summary>
    /// <exception cref="ScheduleSpecException">Fields are malformed or out of range; the message names each.</exception>
    public static StructuredCalendarSpec Structure(CalendarSpec calendar)
    {
        var errors = new List<string>();
        var result = new StructuredCalendarSpec
        {
            Second = { Ranges(calendar.Second, CalendarField.Second, errors) },
            Minute = { Ranges(calendar.Minute, CalendarField.Minute, errors) },
            Hour = { Ranges(calendar.Hour, CalendarField.Hour, errors) },
            DayOfWeek = { Ranges(calendar.DayOfWeek, CalendarField.DayOfWeek, errors) },
            DayOfMonth = { Ranges(calendar.DayOfMonth, CalendarField.DayOfMonth, errors) },
            Month = { Ranges(calendar.Month, CalendarField.Month, errors) },
            Comment = calendar.Comment,
        };
        if (calendar.Year.Trim() is not ("" or "*"))
        {
            result.Year.Add(Ranges(calendar.Year, CalendarField.Year, errors));
        }

        return errors.Count == 0 ? result : throw new ScheduleSpecException(string.Join(", ", errors));
    }

    /// <summary>A cron string as a structured calendar or, for <c>@every</c>, an interval; with its time zone if it names one.</summary>
    /// <exception cref="ScheduleSpecException">The text is malformed.</exception>
    public static (StructuredCalendarSpec? Calendar, IntervalSpec? Interval, string TimeZone) ReadCron(string cron)
    {
        var zone = "";
        cron = cron.Trim();
        if (cron.StartsWith("TZ=", StringComparison.Ordinal) || cron.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var end = cron.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
            {
                throw new ScheduleSpecException("CronString has time zone but missing fields");
            }

            zone = cron[(cron.IndexOf('=', StringComparison.Ordinal) + 1)..end];
            cron = cron[(end + 1)..];
        }

        var hash = cron.IndexOf('#', StringComparison.Ordinal);
        var comment = hash < 0 ? "" : cron[(hash + 1)..].Trim();
        cron = (hash < 0 ? cron : cron[..hash]).Trim();
        if (cron.StartsWith("@every", StringComparison.Ordinal))
        {
            return (null, ReadInterval(cron), "");
        }

        var fields = Expand(cron).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is < 5 or > 7)
        {
            throw new ScheduleSpecException("CronString does not have 5-7 fields");
        }

        var first = fields.Length == 7 ? 1 : 0;
        return (Structure(new CalendarSpec
        {
            Second = first == 1 ? fields[0] : "",
            Minute = fields[first],
            Hour = fields[first + 1],
            DayOfMonth = fields[first + 2],
            Month = fields[first + 3],
            DayOfWeek = fields[first + 4],
            Year = fields.Length > 5 ? fields[first + 5] : "",
            Comment = comment,
        }), null, zone);
    }

    private static IntervalSpec ReadInterval(string cron)
    {
        var parts = cron.Split(' ', 2);
        if (parts.Length < 2)
        {
            throw new ScheduleSpecException("CronString does not have interval after @every");
        }

        var period = parts[1].Split('/', 2);
        var result = new IntervalSpec { Interval = ReadDuration(period[0]) };
        if (period is [_, { Length: > 0 } phase])
        {
            result.Phase = ReadDuration(phase);
        }

        return result;
    }

    private static Duration ReadDuration(string text) =>
        DurationText.TryParse(text, out var nanoseconds, out var error)
            ? new Duration { Seconds = nanoseconds / 1_000_000_000, Nanos = (int)(nanoseconds % 1_000_000_000) }
            : throw new ScheduleSpecException(error!);

    private static string Expand(string cron) => cron switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => cron,
    };

    private static List<Temporalio.Api.Schedule.V1.Range> Ranges(string text, CalendarField field, List<string> errors)
    {
        var ranges = new List<Temporalio.Api.Schedule.V1.Range>();
        text = text.Trim();
        foreach (var part in (text.Length == 0 ? field.Default : text).Split(','))
        {
            if (ReadRange(part, field, ranges) is { } error)
            {
                errors.Add(error);
                break;
            }
        }

        return ranges;
    }

    /// <summary>Reads <c>*</c>, <c>x</c>, <c>x-z</c>, each with <c>/step</c>; a single value with a step runs to the maximum.</summary>
    private static string? ReadRange(string part, CalendarField field, List<Temporalio.Api.Schedule.V1.Range> ranges)
    {
        var step = 1;
        var slash = part.Split('/');
        if (slash.Length > 2)
        {
            return $"{field.Name} has too many slashes";
        }

        if (slash.Length == 2)
        {
            if (!int.TryParse(slash[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out step))
            {
                return $"strconv.Atoi: parsing \"{slash[1]}\": invalid syntax";
            }

            if (step < 1)
            {
                return $"{field.Name} has invalid Step";
            }
        }

        var (start, end) = (field.Minimum, field.Maximum);
        if (slash[0] != "*")
        {
            var dash = slash[0].Split('-');
            if (dash.Length > 2)
            {
                return $"{field.Name} has too many dashes";
            }

            var bounds = $"[{field.Minimum}-{field.Maximum}]";
            if (!TryValue(dash[0], field, field.Minimum, out start))
            {
                return dash.Length == 2 ? $"{field.Name} Start is not in range {bounds}" : $"{field.Name} is not in range {bounds}";
            }

            if (dash.Length == 1)
            {
                end = slash.Length == 2 ? field.Maximum : start;
            }
            else if (!TryValue(dash[1], field, start, out end))
            {
                return $"{field.Name} End is before Start or not in range {bounds}";
            }
        }

        if (field == CalendarField.DayOfWeek && end == 7)
        {
            // Sunday is 0: a range that meets 7 gets a Sunday of its own. Not so 1-7, which a server takes for 1-6.
            var meets = (7 - start) % step == 0;
            if (meets && (step > 1 || start > 1))
            {
                ranges.Add(new Temporalio.Api.Schedule.V1.Range { Start = 0, End = 0, Step = 1 });
                if (start == 7)
                {
                    return null;
                }
            }

            end = 6;
        }

        ranges.Add(new Temporalio.Api.Schedule.V1.Range { Start = start, End = end, Step = step });
        return null;
    }

    private static bool TryValue(string text, CalendarField field, int minimum, out int value)
    {
        value = 0;
        if (field.ShortestName > 0 && text.Length >= field.ShortestName)
        {
            for (var i = 0; i < field.Names.Count; i++)
            {
                if (field.Names[i].StartsWith(text, StringComparison.OrdinalIgnoreCase))
                {
                    value = field.Minimum + i;
                    return value >= minimum;
                }
            }
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= minimum && value <= field.Maximum;
    }
}
