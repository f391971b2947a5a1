using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules.Specs;

/// <summary>A time at which a schedule acts.</summary>
/// <param name="Nominal">The time that the specification names.</param>
/// <param name="Actual">The time moved on by jitter.</param>
internal readonly record struct ScheduledTime(DateTimeOffset Nominal, DateTimeOffset Actual);

/// <summary>A schedule specification in its canonical form, made ready for finding times. Immutable.</summary>
internal sealed class CompiledScheduleSpec
{
    private const int MaximumComment = 200;

    private readonly List<CompiledCalendar> _calendars;
    private readonly List<CompiledCalendar> _exclusions;

    private CompiledScheduleSpec(ScheduleSpec canonical, DateTimeZone zone)
    {
        Canonical = canonical;
        _calendars = canonical.StructuredCalendar.Select(calendar => new CompiledCalendar(calendar, zone)).ToList();
        _exclusions = canonical.ExcludeStructuredCalendar.Select(calendar => new CompiledCalendar(calendar, zone)).ToList();
    }

    /// <summary>The specification with calendars and cron strings turned into structured calendars and intervals, defaults filled in.</summary>
    public ScheduleSpec Canonical { get; }

    /// <summary>Checks a specification and makes it ready.</summary>
    /// <exception cref="ScheduleSpecException">It cannot be followed.</exception>
    public static CompiledScheduleSpec Compile(ScheduleSpec specification)
    {
        var spec = specification.Clone();
        spec.StructuredCalendar.Add(spec.Calendar.Select(CalendarText.Structure).ToList());
        spec.Calendar.Clear();
#pragma warning disable CS0612 // Old clients still send it.
        spec.ExcludeStructuredCalendar.Add(spec.ExcludeCalendar.Select(CalendarText.Structure).ToList());
        spec.ExcludeCalendar.Clear();
#pragma warning restore CS0612
        ReadCronStrings(spec);
        foreach (var calendar in spec.StructuredCalendar)
        {
            Validate(calendar);
        }

        foreach (var interval in spec.Interval)
        {
            Validate(interval);
        }

        var zone = spec.TimezoneData.IsEmpty ? FindZone(spec.TimezoneName) : TimeZoneFile.Read(spec.TimezoneName, spec.TimezoneData.Span);
        foreach (var calendar in spec.StructuredCalendar.Concat(spec.ExcludeStructuredCalendar))
        {
            FillDefaults(calendar);
        }

        return new CompiledScheduleSpec(spec, zone);
    }

    /// <summary>The first time after an instant, or null where there is none.</summary>
    /// <param name="seed">What jitter depends on beside the time: the same seed gives the same times.</param>
    /// <param name="after">The instant.</param>
    public ScheduledTime? Next(string seed, DateTimeOffset after)
    {
        if (Canonical.StartTime?.ToDateTimeOffset() is { } start && after < start)
        {
            after = start.AddSeconds(-1);
        }

        var nominal = NextNominal(after);
        while (nominal is { } time && _exclusions.Exists(exclusion => exclusion.Matches(time)))
        {
            nominal = NextNominal(time);
        }

        if (nominal is not { } found || (Canonical.EndTime?.ToDateTimeOffset() is { } end && found > end))
        {
            return null;
        }

        var jitter = Canonical.Jitter?.ToTimeSpan() ?? TimeSpan.Zero;
        if (jitter > TimeSpan.Zero && NextNominal(found) is { } following && following - found < jitter)
        {
            jitter = following - found;
        }

        return new ScheduledTime(found, found + Jitter(seed, found, jitter));
    }

    /// <summary>Up to a number of actual times after one instant and until another.</summary>
    public IReadOnlyList<ScheduledTime> Between(string seed, DateTimeOffset after, DateTimeOffset until, int limit)
    {
        var times = new List<ScheduledTime>();
        for (var next = Next(seed, after); next is { } time && time.Nominal <= until && times.Count < limit; next = Next(seed, time.Nominal))
        {
            times.Add(time);
        }

        return times;
    }

    private DateTimeOffset? NextNominal(DateTimeOffset after)
    {
        DateTimeOffset? first = null;
        foreach (var calendar in _calendars)
        {
            if (calendar.Next(after) is { } next && !(next >= first))
            {
                first = next;
            }
        }

        foreach (var interval in Canonical.Interval)
        {
            var next = NextOf(interval, after.ToUnixTimeSeconds());
            if (!(next >= first))
            {
                first = next;
            }
        }

        return first;
    }

    private static DateTimeOffset NextOf(IntervalSpec interval, long after)
    {
        var every = Math.Max(1, interval.Interval?.Seconds ?? 0);
        var phase = Math.Max(0, interval.Phase?.Seconds ?? 0);
        return DateTimeOffset.FromUnixTimeSeconds((((after - phase) / every) + 1) * every + phase);
    }

    private static TimeSpan Jitter(string seed, DateTimeOffset nominal, TimeSpan maximum)
    {
        if (maximum <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{nominal.ToUnixTimeSeconds()}/{seed}");
        var fraction = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return TimeSpan.FromMilliseconds((long)((ulong)fraction * (ulong)Math.Min(uint.MaxValue, maximum.TotalMilliseconds) >> 32));
    }

    private static void ReadCronStrings(ScheduleSpec spec)
    {
        string? zone = null;
        foreach (var cron in spec.CronString)
        {
            var (calendar, interval, named) = CalendarText.ReadCron(cron);
            if (zone is not null && named != zone)
            {
                throw new ScheduleSpecException("conflicting timezone names");
            }

            zone = named;
            if (calendar is not null)
            {
                spec.StructuredCalendar.Add(calendar);
            }

            if (interval is not null)
            {
                spec.Interval.Add(interval);
            }
        }

        spec.CronString.Clear();
        if (!string.IsNullOrEmpty(zone))
        {
            if ((spec.TimezoneName.Length > 0 && spec.TimezoneName != zone) || !spec.TimezoneData.IsEmpty)
            {
                throw new ScheduleSpecException("conflicting timezone names");
            }

            spec.TimezoneName = zone;
        }
    }

    private static void Validate(StructuredCalendarSpec calendar)
    {
        var errors = new List<string>();
        foreach (var (field, ranges) in Fields(calendar))
        {
            foreach (var range in ranges)
            {
                var bounds = $"[{field.Minimum}-{field.StructuredMaximum}]";
                if (range.Start < field.Minimum || range.Start > field.StructuredMaximum)
                {
                    errors.Add($"{field.Name} Start is not in range {bounds}");
                }

                if (range.End != 0 && (range.End < range.Start || range.End > field.StructuredMaximum))
                {
                    errors.Add($"{field.Name} End is before Start or not in range {bounds}");
                }

                if (range.Step < 0)
                {
                    errors.Add($"{field.Name} has invalid Step");
                }
            }
        }

        if (Encoding.UTF8.GetByteCount(calendar.Comment) > MaximumComment)
        {
            errors.Add("comment is too long");
        }

        if (errors.Count > 0)
        {
            throw new ScheduleSpecException("invalid calendar spec: " + string.Join(", ", errors));
        }
    }

    private static void Validate(IntervalSpec interval)
    {
        var every = interval.Interval?.ToTimeSpan() ?? TimeSpan.Zero;
        var phase = interval.Phase?.ToTimeSpan() ?? TimeSpan.Zero;
        if (every < TimeSpan.FromSeconds(1))
        {
            throw new ScheduleSpecException("interval is too small");
        }

        if (phase < TimeSpan.Zero)
        {
            throw new ScheduleSpecException("phase is negative");
        }

        if (phase >= every)
        {
            throw new ScheduleSpecException("phase cannot be greater than Interval");
        }
    }

    private static DateTimeZone FindZone(string name)
    {
        if (name.Length == 0)
        {
            return DateTimeZone.Utc;
        }

        if (name.StartsWith('/') || name.StartsWith('\\') || name.Contains("..", StringComparison.Ordinal))
        {
            throw new ScheduleSpecException("time: invalid location name");
        }

        // Offsets such as UTC+3 are no names of the time zone database.
        return DateTimeZoneProviders.Tzdb.Ids.Contains(name)
            ? DateTimeZoneProviders.Tzdb[name]
            : throw new ScheduleSpecException("unknown time zone " + name);
    }

    private static void FillDefaults(StructuredCalendarSpec calendar)
    {
        foreach (var range in Fields(calendar).SelectMany(field => field.Ranges))
        {
            range.End = Math.Max(range.Start, range.End);
            range.Step = Math.Max(1, range.Step);
        }
    }

    private static IEnumerable<(CalendarField Field, IEnumerable<Temporalio.Api.Schedule.V1.Range> Ranges)> Fields(StructuredCalendarSpec calendar) =>
    [
        (CalendarField.Second, calendar.Second),
        (CalendarField.Minute, calendar.Minute),
        (CalendarField.Hour, calendar.Hour),
        (CalendarField.DayOfMonth, calendar.DayOfMonth),
        (CalendarField.Month, calendar.Month),
        (CalendarField.Year, calendar.Year),
        (CalendarField.DayOfWeek, calendar.DayOfWeek),
    ];
}
