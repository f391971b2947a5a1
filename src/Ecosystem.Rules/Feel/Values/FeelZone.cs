using System.Collections.Concurrent;
using System.Globalization;

namespace Ecosystem.Rules.Feel;

/// <summary>An offset from UTC or a named IANA time zone.</summary>
internal sealed class FeelZone : IEquatable<FeelZone>
{
    public const int MaxOffset = 18 * 3600;
    private static readonly ConcurrentDictionary<string, FeelZone?> Known = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo? _zone;

    private FeelZone(int offset) => OffsetSeconds = offset;

    private FeelZone(string name, TimeZoneInfo zone)
    {
        Name = name;
        _zone = zone;
    }

    public static FeelZone Utc { get; } = new(0);

    public string? Name { get; }

    /// <summary>Seconds east of UTC; meaningless for a named zone.</summary>
    public int OffsetSeconds { get; }

    public static FeelZone Offset(int seconds) => seconds == 0 ? Utc : new FeelZone(seconds);

    public static FeelZone? Find(string name)
    {
        if (Known.TryGetValue(name, out var zone))
        {
            return zone;
        }

        zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && IsIana(name) ? new FeelZone(name, found) : null;
        // Hostile input must not grow the cache without bound; real zone names number about 600.
        if (Known.Count < 2_000)
        {
            Known.TryAdd(name, zone);
        }

        return zone;
    }

    /// <summary>Offset in force at a local date and time; for a time without a date the standard offset of the zone.</summary>
    public int OffsetAt(FeelDate? date, long nanosOfDay)
    {
        if (_zone is null)
        {
            return OffsetSeconds;
        }

        if (date is null)
        {
            return (int)_zone.BaseUtcOffset.TotalSeconds;
        }

        var year = Math.Clamp(date.Year, 2, 9998);
        var day = Math.Min(date.Day, FeelCalendar.DaysInMonth(year, date.Month));
        var local = new DateTime(year, date.Month, day, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(nanosOfDay / 100);
        if (_zone.IsInvalidTime(local))
        {
            // A local time skipped by daylight saving: the offset before the gap, as ISO 8601 libraries resolve it.
            return (int)_zone.GetUtcOffset(local.AddHours(-1)).TotalSeconds;
        }

        if (_zone.IsAmbiguousTime(local))
        {
            return (int)_zone.GetAmbiguousTimeOffsets(local).Max().TotalSeconds;
        }

        return (int)_zone.GetUtcOffset(local).TotalSeconds;
    }

    /// <summary>Offset in force at a moment given in seconds since 1970-01-01T00:00:00Z.</summary>
    public int OffsetAtInstant(decimal epochSeconds)
    {
        if (_zone is null)
        {
            return OffsetSeconds;
        }

        var clamped = Math.Clamp(epochSeconds, -62_000_000_000m, 253_000_000_000m);
        return (int)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(clamped))).TotalSeconds;
    }

    public bool Equals(FeelZone? other) => other is not null && Name == other.Name && OffsetSeconds == other.OffsetSeconds;

    public override bool Equals(object? obj) => Equals(obj as FeelZone);

    public override int GetHashCode() => HashCode.Combine(Name, OffsetSeconds);

    public override string ToString()
    {
        if (Name is not null)
        {
            return "@" + Name;
        }

        if (OffsetSeconds == 0)
        {
            return "Z";
        }

        var span = TimeSpan.FromSeconds(Math.Abs(OffsetSeconds));
        var text = (OffsetSeconds < 0 ? "-" : "+") + span.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
        return span.Seconds == 0 ? text : text + span.ToString(@"\:ss", CultureInfo.InvariantCulture);
    }

    private static bool IsIana(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
}
