namespace Ecosystem.Rules.Feel;

/// <summary>Arithmetic beyond two numbers (DMN 1.5, tables 55 to 58): text, dates, times and durations.</summary>
internal static class FeelArithmetic
{
    public static FeelValue Apply(FeelOperator op, FeelValue a, FeelValue b, FeelRun run) => op switch
    {
        FeelOperator.Add => Add(a, b, run),
        FeelOperator.Subtract => Subtract(a, b),
        FeelOperator.Multiply => Multiply(a, b),
        FeelOperator.Divide => Divide(a, b),
        _ => FeelValue.Null,
    };

    private static FeelValue Add(FeelValue a, FeelValue b, FeelRun run)
    {
        if (a.Text is { } left && b.Text is { } right)
        {
            run.Charge(left.Length + right.Length);
            return FeelValue.Of(left + right);
        }

        return (a.Kind, b.Kind) switch
        {
            (FeelKind.DaysTime, FeelKind.DaysTime) => FeelValue.Seconds(a.Number + b.Number),
            (FeelKind.YearsMonths, FeelKind.YearsMonths) => FeelValue.Months(a.Number + b.Number),
            (FeelKind.Date or FeelKind.DateTime or FeelKind.Time, FeelKind.DaysTime or FeelKind.YearsMonths) => Shift(a, b, 1),
            (FeelKind.DaysTime or FeelKind.YearsMonths, FeelKind.Date or FeelKind.DateTime or FeelKind.Time) => Shift(b, a, 1),
            _ => FeelValue.Null,
        };
    }

    private static FeelValue Subtract(FeelValue a, FeelValue b)
    {
        switch (a.Kind, b.Kind)
        {
            case (FeelKind.DaysTime, FeelKind.DaysTime):
                return FeelValue.Seconds(a.Number - b.Number);
            case (FeelKind.YearsMonths, FeelKind.YearsMonths):
                return FeelValue.Months(a.Number - b.Number);
            case (FeelKind.Date or FeelKind.DateTime or FeelKind.Time, FeelKind.DaysTime or FeelKind.YearsMonths):
                return Shift(a, b, -1);
            case (FeelKind.Time, FeelKind.Time):
                var from = (FeelTime)a.Reference!;
                var to = (FeelTime)b.Reference!;
                return from.Zone is null == to.Zone is null ? FeelValue.Seconds(from.UtcSeconds - to.UtcSeconds) : FeelValue.Null;
            case (FeelKind.Date or FeelKind.DateTime, FeelKind.Date or FeelKind.DateTime):
                var (start, startZoned) = Moment(a);
                var (end, endZoned) = Moment(b);
                return startZoned == endZoned ? FeelValue.Seconds(start - end) : FeelValue.Null;
            default:
                return FeelValue.Null;
        }
    }

    /// <summary>A date counts as midnight UTC where it meets a date and time.</summary>
    private static (decimal Seconds, bool Zoned) Moment(FeelValue value) => value.Reference switch
    {
        FeelDate date => (date.EpochDay * 86_400m, true),
        FeelDateTime moment => (moment.EpochSeconds, moment.Zone is not null),
        _ => (0, false),
    };

    private static FeelValue Shift(FeelValue point, FeelValue duration, int sign)
    {
        var amount = duration.Number * sign;
        var months = duration.Kind == FeelKind.YearsMonths;
        return point.Reference switch
        {
            FeelDate date when months => FeelValue.Of(date.AddMonths(amount)),
            FeelDate date => FeelValue.Of(FeelDateTime.FromLocal((date.EpochDay * 86_400m) + amount, null)?.Date),
            FeelDateTime moment when months => FeelValue.Of(moment.AddMonths(amount)),
            FeelDateTime moment => FeelValue.Of(moment.Add(amount)),
            FeelTime time when !months => FeelValue.Of(time.Add(amount)),
            _ => FeelValue.Null,
        };
    }

    private static FeelValue Multiply(FeelValue a, FeelValue b) => (a.Kind, b.Kind) switch
    {
        (FeelKind.DaysTime, FeelKind.Number) or (FeelKind.Number, FeelKind.DaysTime) => FeelValue.Seconds(Nanos(a.Number * b.Number)),
        (FeelKind.YearsMonths, FeelKind.Number) or (FeelKind.Number, FeelKind.YearsMonths) => FeelValue.Months(decimal.Truncate(a.Number * b.Number)),
        _ => FeelValue.Null,
    };

    private static FeelValue Divide(FeelValue a, FeelValue b)
    {
        if (b.Number == 0)
        {
            return FeelValue.Null;
        }

        return (a.Kind, b.Kind) switch
        {
            (FeelKind.DaysTime, FeelKind.Number) => FeelValue.Seconds(Nanos(a.Number / b.Number)),
            (FeelKind.YearsMonths, FeelKind.Number) => FeelValue.Months(decimal.Truncate(a.Number / b.Number)),
            (FeelKind.DaysTime, FeelKind.DaysTime) or (FeelKind.YearsMonths, FeelKind.YearsMonths) => FeelValue.Of(a.Number / b.Number),
            _ => FeelValue.Null,
        };
    }

    private static decimal Nanos(decimal seconds) => decimal.Truncate(seconds) + (decimal.Truncate(seconds % 1m * 1_000_000_000m) / 1_000_000_000m);
}
