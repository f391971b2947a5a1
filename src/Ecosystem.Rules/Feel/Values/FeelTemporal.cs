using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Rules.Feel;

/// <summary>Reads dates, times and durations from ISO 8601 text as FEEL restricts it (DMN 1.5, 10.3.2.3).</summary>
internal static partial class FeelTemporal
{
    public static FeelDate? ParseDate(string text) => DateShape().Match(text) is { Success: true } match ? ToDate(match) : null;

    public static FeelTime? ParseTime(string text)
    {
        var match = TimeShape().Match(text);
        return match.Success && ToNanos(match) is { } nanos && ToZone(match, out var zone) ? new FeelTime(nanos % FeelCalendar.NanosPerDay, zone) : null;
    }

    public static FeelDateTime? ParseDateTime(string text)
    {
        var at = text.IndexOf('T', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var day = DateShape().Match(text[..at]);
        var time = TimeShape().Match(text[(at + 1)..]);
        if (!day.Success || !time.Success || ToDate(day) is not { } date || ToNanos(time) is not { } nanos || !ToZone(time, out var zone))
        {
            return null;
        }

        // 24:00:00 is the end of the day: the start of the next.
        return nanos < FeelCalendar.NanosPerDay
            ? new FeelDateTime(date, nanos, zone)
            : FeelDate.FromEpochDay(date.EpochDay + 1) is { } next ? new FeelDateTime(next, 0, zone) : null;
    }

    public static FeelValue ParseDuration(string text)
    {
        var months = YearsMonthsShape().Match(text);
        if (months.Success)
        {
            if (months.Groups["y"].Success || months.Groups["m"].Success)
            {
                return TryPart(months, "y", out var years) && TryPart(months, "m", out var rest) && years <= 1_000_000_000m && rest <= 12_000_000_000m
                    ? FeelValue.Months(Signed(months, (years * 12) + rest))
                    : FeelValue.Null;
            }

            return FeelValue.Null;
        }

        var days = DaysTimeShape().Match(text);
        if (!days.Success || text.EndsWith('T') || text.EndsWith('P'))
        {
            return FeelValue.Null;
        }

        const decimal Limit = 1_000_000_000_000_000m;
        return TryPart(days, "d", out var d) && TryPart(days, "h", out var h) && TryPart(days, "i", out var i) && TryPart(days, "s", out var s)
            && d < Limit && h < Limit && i < Limit && s < Limit
                ? FeelValue.Seconds(Signed(days, (d * 86_400) + (h * 3600) + (i * 60) + s))
                : FeelValue.Null;
    }

    /// <summary>The value of an at-literal: date, time, date and time or duration by its shape; null when it is none of them.</summary>
    public static FeelValue ParseAny(string text)
    {
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
        {
            return ParseDuration(text);
        }

        if (text.Contains('T', StringComparison.Ordinal) && ParseDateTime(text) is { } dateTime)
        {
            return FeelValue.Of(dateTime);
        }

        return ParseDate(text) is { } date ? FeelValue.Of(date) : FeelValue.Of(ParseTime(text));
    }

    private static decimal Signed(Match match, decimal value) => match.Groups["sign"].Success ? -value : value;

    private static bool TryPart(Match match, string group, out decimal value)
    {
        value = 0;
        return !match.Groups[group].Success
            || (match.Groups[group].Length <= 27 && decimal.TryParse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value));
    }

    private static FeelDate? ToDate(Match match)
    {
        var year = long.Parse(match.Groups["y"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var month = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        return FeelCalendar.IsValid(year, month, day) ? new FeelDate(year, month, day) : null;
    }

    private static long? ToNanos(Match match)
    {
        var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = int.Parse(match.Groups["i"].ValueSpan, CultureInfo.InvariantCulture);
        var second = int.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture);
        if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute > 0 || second > 0 || match.Groups["f"].Value.Trim('0').Length > 0)))
        {
            return null;
        }

        var nanos = ((hour * 3600L) + (minute * 60) + second) * FeelCalendar.NanosPerSecond;
        var fraction = match.Groups["f"].Value;
        return fraction.Length == 0 ? nanos : nanos + long.Parse(fraction.PadRight(9, '0')[..9], CultureInfo.InvariantCulture);
    }

    private static bool ToZone(Match match, out FeelZone? zone)
    {
        zone = null;
        if (match.Groups["zone"].Success)
        {
            zone = FeelZone.Find(match.Groups["zone"].Value);
            return zone is not null;
        }

        if (match.Groups["z"].Success)
        {
            zone = FeelZone.Utc;
            return true;
        }

        if (!match.Groups["oh"].Success)
        {
            return true;
        }

        var hours = int.Parse(match.Groups["oh"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = int.Parse(match.Groups["om"].ValueSpan, CultureInfo.InvariantCulture);
        var seconds = match.Groups["os"].Success ? int.Parse(match.Groups["os"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var total = (hours * 3600) + (minutes * 60) + seconds;
        if (minutes > 59 || seconds > 59 || total > FeelZone.MaxOffset)
        {
            return false;
        }

        zone = FeelZone.Offset(match.Groups["sign"].ValueSpan[0] == '-' ? -total : total);
        return true;
    }

    [GeneratedRegex(@"^(?<y>-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-(?<m>[0-9]{2})-(?<d>[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateShape();

    [GeneratedRegex(@"^(?<h>[0-9]{2}):(?<i>[0-9]{2}):(?<s>[0-9]{2})(?:\.(?<f>[0-9]{1,18}))?(?:(?<z>[Zz])|(?<sign>[+-])(?<oh>[0-9]{2}):(?<om>[0-9]{2})(?::(?<os>[0-9]{2}))?|@(?<zone>[A-Za-z0-9_/+-]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeShape();

    [GeneratedRegex(@"^(?<sign>-)?P(?:(?<y>[0-9]+)Y)?(?:(?<m>[0-9]+)M)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearsMonthsShape();

    [GeneratedRegex(@"^(?<sign>-)?P(?:(?<d>[0-9]+)D)?(?:T(?:(?<h>[0-9]+)H)?(?:(?<i>[0-9]+)M)?(?:(?<s>[0-9]+(?:\.[0-9]+)?)S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DaysTimeShape();
}
