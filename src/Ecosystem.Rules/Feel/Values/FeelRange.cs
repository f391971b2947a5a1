namespace Ecosystem.Rules.Feel;

/// <summary>An interval of numbers, text, dates, times or durations. A missing endpoint means unbounded on that side.</summary>
public sealed class FeelRange : FeelObject
{
    internal FeelRange(FeelValue low, bool lowIncluded, FeelValue high, bool highIncluded)
        : base(FeelKind.Range)
    {
        Low = low;
        LowIncluded = lowIncluded;
        High = high;
        HighIncluded = highIncluded;
    }

    /// <summary>Lower endpoint; null when unbounded.</summary>
    public object? Start => FeelBoundary.ToClr(Low);

    /// <summary>Upper endpoint; null when unbounded.</summary>
    public object? End => FeelBoundary.ToClr(High);

    /// <summary>Whether the lower endpoint belongs to the interval.</summary>
    public bool LowIncluded { get; }

    /// <summary>Whether the upper endpoint belongs to the interval.</summary>
    public bool HighIncluded { get; }

    internal FeelValue Low { get; }

    internal FeelValue High { get; }

    /// <summary>Whether a value lies in the interval; null when it cannot be compared with the endpoints.</summary>
    internal bool? Contains(FeelValue value)
    {
        if (value.IsNull)
        {
            return null;
        }

        if (!Low.IsNull)
        {
            if (FeelComparison.Compare(value, Low) is not { } low)
            {
                return null;
            }

            if (low < 0 || (low == 0 && !LowIncluded))
            {
                return High.IsNull || FeelComparison.Compare(value, High) is not null ? false : null;
            }
        }

        if (!High.IsNull)
        {
            if (FeelComparison.Compare(value, High) is not { } high)
            {
                return null;
            }

            return high < 0 || (high == 0 && HighIncluded);
        }

        return !Low.IsNull;
    }

    /// <summary>FEEL text such as [1..10).</summary>
    public override string ToString() => FeelText.Literal(FeelValue.Of(this));
}
