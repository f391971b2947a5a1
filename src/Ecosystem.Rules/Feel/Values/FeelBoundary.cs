using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Ecosystem.Rules.Feel;

/// <summary>
/// Converts between CLR values and FEEL values. Only the listed types cross: no other object of the host can be reached from an expression.
/// </summary>
internal static class FeelBoundary
{
    private static readonly object TrueObject = true;
    private static readonly object FalseObject = false;

    public static FeelValue FromClr(object? value)
    {
        switch (value)
        {
            case null:
                return FeelValue.Null;
            case decimal number:
                return FeelValue.Of(number);
            case string text:
                return FeelValue.Of(text);
            case bool flag:
                return FeelValue.Of(flag);
            case int number:
                return FeelValue.Of((decimal)number);
            case long number:
                return FeelValue.Of((decimal)number);
            case double number:
                return FromDouble(number);
            case FeelObject feel:
                return FeelValue.Of(feel);
            case DateOnly date:
                return FeelValue.Of(new FeelDate(date.Year, date.Month, date.Day));
            case DateTimeOffset moment:
                return FeelValue.Of(new FeelDateTime(Day(moment.DateTime), moment.TimeOfDay.Ticks * 100, FeelZone.Offset((int)moment.Offset.TotalSeconds)));
            default:
                return FromOther(value);
        }
    }

    public static object? ToClr(FeelValue value)
    {
        switch (value.Kind)
        {
            case FeelKind.Null:
                return null;
            case FeelKind.Boolean:
                return value.IsTrue ? TrueObject : FalseObject;
            case FeelKind.Number:
                return value.Number;
            case FeelKind.YearsMonths:
                return new FeelYearsMonths((long)value.Number);
            case FeelKind.DaysTime:
                return value.Number is > -900_000_000_000m and < 900_000_000_000m && value.Number % 0.0000001m == 0
                    ? TimeSpan.FromTicks((long)(value.Number * TimeSpan.TicksPerSecond))
                    : new FeelDaysTime(value.Number);
            case FeelKind.Date:
                var date = (FeelDate)value.Reference!;
                return date.Year is >= 1 and <= 9999 ? new DateOnly(date.Year, date.Month, date.Day) : date;
            case FeelKind.Time:
                var time = (FeelTime)value.Reference!;
                return time.Zone is null && time.NanosOfDay % 100 == 0 ? new TimeOnly(time.NanosOfDay / 100) : time;
            case FeelKind.DateTime:
                return ToClr((FeelDateTime)value.Reference!);
            default:
                return value.Reference;
        }
    }

    private static object ToClr(FeelDateTime moment)
    {
        if (moment.Zone is not { Name: null } zone || moment.Date.Year is < 2 or > 9998 || moment.NanosOfDay % 100 != 0 || zone.OffsetSeconds % 60 != 0
            || Math.Abs(zone.OffsetSeconds) > 14 * 3600)
        {
            return moment;
        }

        var local = new DateTime(moment.Date.Year, moment.Date.Month, moment.Date.Day, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(moment.NanosOfDay / 100);
        return new DateTimeOffset(local, TimeSpan.FromSeconds(zone.OffsetSeconds));
    }

    private static FeelValue FromOther(object value)
    {
        switch (value)
        {
            case DateTime moment:
                return FeelValue.Of(new FeelDateTime(Day(moment), moment.TimeOfDay.Ticks * 100, moment.Kind == DateTimeKind.Utc ? FeelZone.Utc : null));
            case TimeOnly time:
                return FeelValue.Of(new FeelTime(time.Ticks * 100, null));
            case TimeSpan span:
                return FeelValue.Seconds(span.Ticks / 10_000_000m);
            case FeelYearsMonths months:
                return FeelValue.Months(months.TotalMonths);
            case FeelDaysTime seconds:
                return FeelValue.Seconds(seconds.TotalSeconds);
            case JsonElement json:
                return FeelJson.Read(json, null);
            case byte or sbyte or short or ushort or uint or ulong:
                return FeelValue.Of(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
            case float number:
                return FromDouble(number);
            case Enum:
                return FeelValue.Of(value.ToString());
            case Guid or char:
                return FeelValue.Of(value.ToString());
            case IReadOnlyDictionary<string, object?> entries:
                return FeelValue.Of(new FeelClrContext(entries));
            case IDictionary<string, object?> entries:
                return FeelValue.Of(new FeelClrContext(new Dictionary<string, object?>(entries, StringComparer.Ordinal)));
            case IDictionary entries when Texts(entries) is { } copy:
                return FeelValue.Of(new FeelClrContext(copy));
            case IEnumerable items and not IDictionary:
                return FromItems(items);
            default:
                throw new FeelException([new FeelDiagnostic(
                    FeelSeverity.Error, "feel-clr", $"A value of type {value.GetType().Name} cannot be used in an expression; pass text, numbers, booleans, dates, durations, lists or dictionaries.", 0, 0)]);
        }
    }

    private static FeelValue FromItems(IEnumerable items)
    {
        var list = new List<FeelValue>();
        foreach (var item in items)
        {
            list.Add(FromClr(item));
        }

        return FeelValue.Of(new FeelList([.. list]));
    }

    private static Dictionary<string, object?>? Texts(IDictionary entries)
    {
        var copy = new Dictionary<string, object?>(entries.Count, StringComparer.Ordinal);
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Key is not string key)
            {
                return null;
            }

            copy[key] = entry.Value;
        }

        return copy;
    }

    private static FeelValue FromDouble(double number) =>
        double.IsFinite(number) && Math.Abs(number) < 7.9e28
            ? FeelValue.Of((decimal)number)
            : throw new FeelException([new FeelDiagnostic(FeelSeverity.Error, "feel-number", $"The number {number.ToString(CultureInfo.InvariantCulture)} is outside what a decimal holds (28 digits).", 0, 0)]);

    private static FeelDate Day(DateTime moment) => new(moment.Year, moment.Month, moment.Day);
}
