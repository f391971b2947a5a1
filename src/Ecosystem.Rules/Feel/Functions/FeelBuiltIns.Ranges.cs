namespace Ecosystem.Rules.Feel;

/// <summary>Relations between points and ranges (DMN 1.5, table 78). Null when the ends cannot be compared.</summary>
internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Ranges()
    {
        yield return Relation("before", PointsAndRanges, (x, y) => IsBefore(x, y));
        yield return Relation("after", PointsAndRanges, (x, y) => IsBefore(y, x));
        yield return Relation("meets", RangesOnly, Meets);
        yield return Relation("met by", RangesOnly, (x, y) => Meets(y, x));
        yield return Relation("overlaps", RangesOnly, (x, y) => Not(IsBefore(x, y)) & Not(IsBefore(y, x)));
        yield return Relation("overlaps before", RangesOnly, OverlapsBefore);
        yield return Relation("overlaps after", RangesOnly, (x, y) => OverlapsBefore(y, x));
        yield return Relation("finishes", PointOrRangeInRange, Finishes);
        yield return Relation("finished by", RangeAndPointOrRange, (x, y) => Finishes(y, x));
        yield return Relation("includes", RangeAndPointOrRange, (x, y) => Within(y, x));
        yield return Relation("during", PointOrRangeInRange, Within);
        yield return Relation("starts", PointOrRangeInRange, Starts);
        yield return Relation("started by", RangeAndPointOrRange, (x, y) => Starts(y, x));
        yield return Relation("coincides", ["point1, point2", "range1, range2"], Coincides);
    }

    private static string[] PointsAndRanges => ["point1, point2", "point, range", "range, point", "range1, range2"];

    private static string[] RangesOnly => ["range1, range2"];

    private static string[] PointOrRangeInRange => ["point, range", "range1, range2"];

    private static string[] RangeAndPointOrRange => ["range, point", "range1, range2"];

    private static FeelBuiltIn Relation(string name, string[] ways, Func<Span2, Span2, bool?> relation)
    {
        return new FeelBuiltIn(name, [.. ways.Select(way => Way(way, Apply))]);

        FeelValue Apply(FeelRun run, FeelValue[] a)
        {
            var x = Single(a[0]);
            var y = Single(a[1]);
            var shape = (x.Range is null ? "point" : "range") + (y.Range is null ? ",point" : ",range");
            var accepted = ways.Any(w => w.Replace("1", "", StringComparison.Ordinal).Replace("2", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) == shape);
            var result = accepted && Span2.Of(x) is { } first && Span2.Of(y) is { } second ? relation(first, second) : null;
            return result is null ? run.Fail(name, "points and ranges that can be compared") : FeelValue.Of(result.Value);
        }
    }

    private static bool? Not(bool? value) => !value;

    private static int? Order(FeelValue a, FeelValue b) => FeelComparison.Compare(a, b);

    private static bool? IsBefore(Span2 x, Span2 y)
    {
        if (x.High.IsNull || y.Low.IsNull)
        {
            return false;
        }

        return Order(x.High, y.Low) is not { } order ? null : order < 0 || (order == 0 && !(x.HighIncluded && y.LowIncluded));
    }

    private static bool? Meets(Span2 x, Span2 y) =>
        x.High.IsNull || y.Low.IsNull ? false : Order(x.High, y.Low) is not { } order ? null : order == 0 && x.HighIncluded && y.LowIncluded;

    private static int? Lows(Span2 x, Span2 y)
    {
        if (x.Low.IsNull || y.Low.IsNull)
        {
            return x.Low.IsNull ? (y.Low.IsNull ? 0 : -1) : 1;
        }

        return Order(x.Low, y.Low) is not { } order ? null : order != 0 ? order : x.LowIncluded == y.LowIncluded ? 0 : x.LowIncluded ? -1 : 1;
    }

    private static int? Highs(Span2 x, Span2 y)
    {
        if (x.High.IsNull || y.High.IsNull)
        {
            return x.High.IsNull ? (y.High.IsNull ? 0 : 1) : -1;
        }

        return Order(x.High, y.High) is not { } order ? null : order != 0 ? order : x.HighIncluded == y.HighIncluded ? 0 : x.HighIncluded ? 1 : -1;
    }

    private static bool? OverlapsBefore(Span2 x, Span2 y)
    {
        var lows = Lows(x, y);
        var highs = Highs(x, y);
        var apart = IsBefore(x, y);
        return lows is null || highs is null || apart is null ? null : lows < 0 && highs <= 0 && apart == false;
    }

    private static bool? Within(Span2 x, Span2 y)
    {
        var lows = Lows(x, y);
        var highs = Highs(x, y);
        return lows is null || highs is null ? null : lows >= 0 && highs <= 0;
    }

    private static bool? Finishes(Span2 x, Span2 y)
    {
        var lows = Lows(x, y);
        var highs = Highs(x, y);
        return lows is null || highs is null ? null : highs == 0 && lows >= 0;
    }

    private static bool? Starts(Span2 x, Span2 y)
    {
        var lows = Lows(x, y);
        var highs = Highs(x, y);
        return lows is null || highs is null ? null : lows == 0 && highs <= 0;
    }

    private static bool? Coincides(Span2 x, Span2 y)
    {
        var lows = Lows(x, y);
        var highs = Highs(x, y);
        return lows is null || highs is null ? null : lows == 0 && highs == 0;
    }

    /// <summary>A range, or a point as the range of itself alone.</summary>
    private readonly record struct Span2(FeelValue Low, bool LowIncluded, FeelValue High, bool HighIncluded)
    {
        public static Span2? Of(FeelValue value) => value.Range is { } range
            ? new Span2(range.Low, range.LowIncluded, range.High, range.HighIncluded)
            : FeelOrder.IsOrdered(value) ? new Span2(value, true, value, true) : null;
    }
}
