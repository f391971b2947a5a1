namespace Ecosystem.Rules.Feel;

/// <summary>A time of day to the nanosecond, with no offset, an offset from UTC, or a named zone.</summary>
public sealed class FeelTime : FeelObject, IEquatable<FeelTime>
{
    internal FeelTime(long nanosOfDay, FeelZone? zone)
        : base(FeelKind.Time)
    {
        NanosOfDay = nanosOfDay;
        Zone = zone;
    }

    /// <summary>Hour, 0 to 23.</summary>
    public int Hour => (int)(NanosOfDay / (3600 * FeelCalendar.NanosPerSecond));

    /// <summary>Minute, 0 to 59.</summary>
    public int Minute => (int)(NanosOfDay / (60 * FeelCalendar.NanosPerSecond) % 60);

    /// <summary>Second with its fraction, 0 to below 60.</summary>
    public decimal Second => NanosOfDay % (60 * FeelCalendar.NanosPerSecond) / 1_000_000_000m;

    /// <summary>Offset from UTC; null for a local time and for a named zone.</summary>
    public TimeSpan? Offset => Zone is { Name: null } ? TimeSpan.FromSeconds(Zone.OffsetSeconds) : null;

    /// <summary>IANA name of the zone; null when there is none.</summary>
    public string? ZoneName => Zone?.Name;

    internal long NanosOfDay { get; }

    internal FeelZone? Zone { get; }

    /// <summary>Seconds since midnight UTC (of an unknown day); local times count as UTC.</summary>
    internal decimal UtcSeconds => (NanosOfDay / 1_000_000_000m) - (Zone?.OffsetAt(null, NanosOfDay) ?? 0);

    internal FeelTime Add(decimal seconds)
    {
        var nanos = (NanosOfDay + decimal.Truncate(seconds % 86_400m * 1_000_000_000m)) % FeelCalendar.NanosPerDay;
        return new FeelTime((long)(nanos < 0 ? nanos + FeelCalendar.NanosPerDay : nanos), Zone);
    }

    /// <inheritdoc/>
    public bool Equals(FeelTime? other) => other is not null && NanosOfDay == other.NanosOfDay && Equals(Zone, other.Zone);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeelTime);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NanosOfDay, Zone);

    /// <summary>ISO 8601 text, as FEEL's string().</summary>
    public override string ToString() => FeelText.TimeOfDay(NanosOfDay) + Zone;
}
