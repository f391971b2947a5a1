namespace Ecosystem.Rules.Feel;

/// <summary>Base of the FEEL values that have no type of their own in .NET. Immutable and thread-safe.</summary>
public abstract class FeelObject
{
    private protected FeelObject(FeelKind kind) => Kind = kind;

    /// <summary>What kind of value this is.</summary>
    public FeelKind Kind { get; }

    /// <summary>Values in it, those inside others counted, those that several share counted each time: what a walk through it meets.</summary>
    internal virtual long Weight => 1;

    /// <summary>Levels of lists and contexts in it.</summary>
    internal virtual int Height => 0;
}

/// <summary>
/// Adds up how large a value becomes. A few lines of FEEL can share one list so often that a walk through it would never end, or nest it so deep
/// that a walk would leave the stack; such a value is refused when it is made.
/// </summary>
internal struct FeelSize
{
    private const long MostWeight = 10_000_000;
    private const int MostHeight = 500;

    public long Weight { get; private set; }

    public int Height { get; private set; }

    public static FeelSize Of(ReadOnlySpan<FeelValue> items)
    {
        var size = default(FeelSize);
        foreach (ref readonly var item in items)
        {
            size.Add(item);
        }

        return size;
    }

    public void Add(FeelValue item)
    {
        if (item.IsNumber)
        {
            Weight++;
        }
        else if (item.Text is { } text)
        {
            Weight += 1 + (text.Length >> 4);
        }
        else if (item.Reference is FeelObject inner)
        {
            Weight += inner.Weight;
            Height = Math.Max(Height, inner.Height);
        }
        else
        {
            Weight++;
        }
    }

    /// <summary>The size of the whole around the parts.</summary>
    public readonly (long Weight, int Height) Around() =>
        Weight >= MostWeight ? throw FeelException.Limit($"a value holds more than {MostWeight} values, those inside others counted")
        : Height >= MostHeight ? throw FeelException.Limit($"a value is nested deeper than {MostHeight} levels")
        : (Weight + 1, Height + 1);
}

/// <summary>Marks which kind of unboxed value a <see cref="FeelValue"/> carries.</summary>
internal sealed class FeelTag(FeelKind kind) : FeelObject(kind)
{
    public static readonly FeelTag Number = new(FeelKind.Number);
    public static readonly FeelTag True = new(FeelKind.Boolean);
    public static readonly FeelTag False = new(FeelKind.Boolean);
    public static readonly FeelTag DaysTime = new(FeelKind.DaysTime);
    public static readonly FeelTag YearsMonths = new(FeelKind.YearsMonths);
}
