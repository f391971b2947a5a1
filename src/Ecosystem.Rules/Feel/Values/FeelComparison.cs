using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Feel;

/// <summary>Equality and order of FEEL values (DMN 1.5, tables 51 to 54). Null means: cannot be compared.</summary>
internal static class FeelComparison
{
    /// <summary>Order of two values of one kind; null when they have no order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int? Compare(FeelValue left, FeelValue right) =>
        left.IsNumber && right.IsNumber ? left.Number.CompareTo(right.Number) : CompareOthers(left, right);

    public static bool? AreEqual(FeelValue left, FeelValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Number == right.Number;
        }

        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return null;
        }

        return kind switch
        {
            FeelKind.Boolean => left.IsTrue == right.IsTrue,
            FeelKind.String => string.Equals((string)left.Reference!, (string)right.Reference!, StringComparison.Ordinal),
            FeelKind.List => ListsEqual(left.List!, right.List!),
            FeelKind.Context => ContextsEqual(left.Context!, right.Context!),
            FeelKind.Range => RangesEqual(left.Range!, right.Range!),
            FeelKind.Function => left.Function!.IsSame(right.Function!),
            _ => CompareOthers(left, right) is { } order ? order == 0 : null,
        };
    }

    /// <summary>Same kind and same value, for distinct values, list contains and the like: never undecided.</summary>
    public static bool Same(FeelValue left, FeelValue right) => AreEqual(left, right) == true;

    /// <summary>Text order by Unicode code point, not by UTF-16 unit.</summary>
    public static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var a = left[i];
            var b = right[i];
            if (a != b)
            {
                var aSurrogate = char.IsSurrogate(a);
                return aSurrogate == char.IsSurrogate(b) ? a.CompareTo(b) : aSurrogate ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int? CompareOthers(FeelValue left, FeelValue right)
    {
        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return null;
        }

        return kind switch
        {
            FeelKind.Number or FeelKind.DaysTime or FeelKind.YearsMonths => left.Number.CompareTo(right.Number),
            FeelKind.String => CompareText((string)left.Reference!, (string)right.Reference!),
            FeelKind.Date => ((FeelDate)left.Reference!).EpochDay.CompareTo(((FeelDate)right.Reference!).EpochDay),
            FeelKind.DateTime => CompareDateTimes((FeelDateTime)left.Reference!, (FeelDateTime)right.Reference!),
            FeelKind.Time => ((FeelTime)left.Reference!).UtcSeconds.CompareTo(((FeelTime)right.Reference!).UtcSeconds),
            _ => null,
        };
    }

    private static int CompareDateTimes(FeelDateTime left, FeelDateTime right) => left.EpochSeconds.CompareTo(right.EpochSeconds);

    private static bool? ListsEqual(FeelList left, FeelList right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!Same(left.Items[i], right.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool? ContextsEqual(FeelContext left, FeelContext right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var key in left.Keys)
        {
            left.TryGet(key, out var a);
            if (!right.TryGet(key, out var b) || !Same(a, b))
            {
                return false;
            }
        }

        return true;
    }

    private static bool RangesEqual(FeelRange left, FeelRange right) =>
        left.LowIncluded == right.LowIncluded && left.HighIncluded == right.HighIncluded && Same(left.Low, right.Low) && Same(left.High, right.High);
}
