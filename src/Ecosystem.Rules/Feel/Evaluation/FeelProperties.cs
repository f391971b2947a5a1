namespace Ecosystem.Rules.Feel;

/// <summary>What stands behind a dot: entries of contexts, parts of dates, times, durations and ranges (DMN 1.5, table 65).</summary>
internal static class FeelProperties
{
    public static FeelValue Get(FeelValue source, string name, FeelRun run)
    {
        switch (source.Kind)
        {
            case FeelKind.Context:
                source.Context!.TryGet(name, out var entry);
                return entry;
            case FeelKind.List:
                return FromList(source.List!, name, run);
            case FeelKind.Date:
                return OfDate((FeelDate)source.Reference!, name);
            case FeelKind.DateTime:
                return OfDateTime((FeelDateTime)source.Reference!, name);
            case FeelKind.Time:
                return OfTime((FeelTime)source.Reference!, name, null);
            case FeelKind.DaysTime:
                return OfDaysTime(source.Number, name);
            case FeelKind.YearsMonths:
                return name switch
                {
                    "years" => FeelValue.Of(decimal.Truncate(source.Number / 12)),
                    "months" => FeelValue.Of(source.Number % 12),
                    _ => FeelValue.Null,
                };
            case FeelKind.Range:
                return OfRange(source.Range!, name);
            default:
                return FeelValue.Null;
        }
    }

    /// <summary>Static type of a property; null when the type has no such property.</summary>
    public static FeelType? TypeOf(FeelKind kind, string name) => kind switch
    {
        FeelKind.Date => name is "year" or "month" or "day" or "weekday" ? FeelType.Number : null,
        FeelKind.DateTime => name is "year" or "month" or "day" or "weekday" or "hour" or "minute" or "second" ? FeelType.Number : Zone(name),
        FeelKind.Time => name is "hour" or "minute" or "second" ? FeelType.Number : Zone(name),
        FeelKind.DaysTime => name is "days" or "hours" or "minutes" or "seconds" ? FeelType.Number : null,
        FeelKind.YearsMonths => name is "years" or "months" ? FeelType.Number : null,
        FeelKind.Range => name is "start" or "end" ? FeelType.Any : name is "start included" or "end included" ? FeelType.Boolean : null,
        _ => null,
    };

    private static FeelType? Zone(string name) => name == "time offset" ? FeelType.DaysTime : name == "timezone" ? FeelType.String : null;

    private static FeelValue FromList(FeelList list, string name, FeelRun run)
    {
        run.Step(list.Count);
        run.Charge(list.Count);
        var result = new FeelValue[list.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = list.Items[i].Kind == FeelKind.List ? FeelValue.Null : Get(list.Items[i], name, run);
        }

        return FeelValue.Of(new FeelList(result));
    }

    private static FeelValue OfDate(FeelDate date, string name) => name switch
    {
        "year" => FeelValue.Of((decimal)date.Year),
        "month" => FeelValue.Of((decimal)date.Month),
        "day" => FeelValue.Of((decimal)date.Day),
        "weekday" => FeelValue.Of((decimal)Weekday(date)),
        _ => FeelValue.Null,
    };

    /// <summary>1 (Monday) to 7 (Sunday).</summary>
    public static int Weekday(FeelDate date) => (int)(((date.EpochDay + 3) % 7 + 7) % 7) + 1;

    private static FeelValue OfDateTime(FeelDateTime moment, string name)
    {
        var value = OfDate(moment.Date, name);
        return value.IsNull ? OfTime(moment.Time, name, moment.Date) : value;
    }

    private static FeelValue OfTime(FeelTime time, string name, FeelDate? date) => name switch
    {
        "hour" => FeelValue.Of((decimal)time.Hour),
        "minute" => FeelValue.Of((decimal)time.Minute),
        "second" => FeelValue.Of(decimal.Truncate(time.Second)),
        "time offset" => time.Zone is null || (time.Zone.Name is not null && date is null) ? FeelValue.Null : FeelValue.Seconds(time.Zone.OffsetAt(date, time.NanosOfDay)),
        "timezone" => FeelValue.Of(time.ZoneName),
        _ => FeelValue.Null,
    };

    private static FeelValue OfDaysTime(decimal seconds, string name) => name switch
    {
        "days" => FeelValue.Of(decimal.Truncate(seconds / 86_400)),
        "hours" => FeelValue.Of(decimal.Truncate(seconds / 3600) % 24),
        "minutes" => FeelValue.Of(decimal.Truncate(seconds / 60) % 60),
        "seconds" => FeelValue.Of(seconds % 60),
        _ => FeelValue.Null,
    };

    private static FeelValue OfRange(FeelRange range, string name) => name switch
    {
        "start" => range.Low,
        "end" => range.High,
        "start included" => FeelValue.Of(range.LowIncluded),
        "end included" => FeelValue.Of(range.HighIncluded),
        _ => FeelValue.Null,
    };
}
