namespace Ecosystem.Rules.Feel;

/// <summary>A day and time to the nanosecond, with no offset (local), an offset from UTC, or a named zone.</summary>
public sealed class FeelDateTime : FeelObject, IEquatable<FeelDateTime>
{
    internal FeelDateTime(FeelDate date, long nanosOfDay, FeelZone? zone)
        : base(FeelKind.DateTime)
    {
        Date = date;
        NanosOfDay = nanosOfDay;
        Zone = zone;
        EpochSeconds = (date.EpochDay * 86_400m) + (nanosOfDay / 1_000_000_000m) - (zone?.OffsetAt(date, nanosOfDay) ?? 0);
    }

    /// <summary>The day.</summary>
    public FeelDate Date { get; }

    /// <summary>The time of day.</summary>
    public FeelTime Time => new(NanosOfDay, Zone);

    /// <summary>Offset from UTC at this time; null when local.</summary>
    public TimeSpan? Offset => Zone is null ? null : TimeSpan.FromSeconds(Zone.OffsetAt(Date, NanosOfDay));

    /// <summary>IANA name of the zone; null when there is none.</summary>
    public string? ZoneName => Zone?.Name;

    internal long NanosOfDay { get; }

    internal FeelZone? Zone { get; }

    /// <summary>Seconds since 1970-01-01T00:00:00Z; local times count as UTC.</summary>
    internal decimal EpochSeconds { get; }

    internal static FeelDateTime? FromLocal(decimal localEpochSeconds, FeelZone? zone)
    {
        var day = Math.Floor(localEpochSeconds / 86_400m);
        if (Math.Abs(day) > 400_000_000_000m)
        {
            return null;
        }

        var nanos = (long)decimal.Truncate((localEpochSeconds - (day * 86_400m)) * 1_000_000_000m);
        return FeelDate.FromEpochDay((long)day) is { } date ? new FeelDateTime(date, nanos, zone) : null;
    }

    /// <summary>Adds a duration on the time line; a named zone keeps its name and gets the offset of the new moment.</summary>
    internal FeelDateTime? Add(decimal seconds)
    {
        if (Zone?.Name is null)
        {
            return FromLocal((Date.EpochDay * 86_400m) + (NanosOfDay / 1_000_000_000m) + seconds, Zone);
        }

        var instant = EpochSeconds + seconds;
        return FromLocal(instant + Zone.OffsetAtInstant(instant), Zone);
    }

    internal FeelDateTime? AddMonths(decimal months) => Date.AddMonths(months) is { } date ? new FeelDateTime(date, NanosOfDay, Zone) : null;

    /// <inheritdoc/>
    public bool Equals(FeelDateTime? other) =>
        other is not null && NanosOfDay == other.NanosOfDay && Date.Equals(other.Date) && Equals(Zone, other.Zone);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeelDateTime);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NanosOfDay, Date, Zone);

    /// <summary>ISO 8601 text, as FEEL's string().</summary>
    public override string ToString() => $"{Date}T{FeelText.TimeOfDay(NanosOfDay)}{Zone}";
}
