namespace Ecosystem.Rules.Feel;

/// <summary>
/// A calendar day of the proleptic Gregorian calendar, years -999,999,999 to 999,999,999. Results within the years 1 to 9999 are handed
/// out as <see cref="DateOnly"/>; this type carries the rest.
/// </summary>
public sealed class FeelDate : FeelObject, IEquatable<FeelDate>
{
    internal FeelDate(long year, int month, int day)
        : base(FeelKind.Date)
    {
        Year = (int)year;
        Month = month;
        Day = day;
        EpochDay = FeelCalendar.ToEpochDay(year, month, day);
    }

    /// <summary>Astronomical year (0 is 1 BC).</summary>
    public int Year { get; }

    /// <summary>Month, 1 to 12.</summary>
    public int Month { get; }

    /// <summary>Day of the month, 1 to 31.</summary>
    public int Day { get; }

    /// <summary>Days since 1970-01-01.</summary>
    internal long EpochDay { get; }

    internal static FeelDate? FromEpochDay(long epochDay)
    {
        var (year, month, day) = FeelCalendar.FromEpochDay(epochDay);
        return FeelCalendar.IsValid(year, month, day) ? new FeelDate(year, month, day) : null;
    }

    internal FeelDate? AddMonths(decimal months)
    {
        if (Math.Abs(months) > 30_000_000_000m)
        {
            return null;
        }

        var total = ((long)Year * 12) + (Month - 1) + (long)months;
        var year = FeelCalendar.FloorDiv(total, 12);
        var month = (int)(total - (year * 12)) + 1;
        var day = Math.Min(Day, FeelCalendar.DaysInMonth(year, month));
        return FeelCalendar.IsValid(year, month, day) ? new FeelDate(year, month, day) : null;
    }

    /// <inheritdoc/>
    public bool Equals(FeelDate? other) => other is not null && EpochDay == other.EpochDay;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeelDate);

    /// <inheritdoc/>
    public override int GetHashCode() => EpochDay.GetHashCode();

    /// <summary>ISO 8601 text, as FEEL's string().</summary>
    public override string ToString() => FeelText.Date(Year, Month, Day);
}
