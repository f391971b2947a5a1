namespace Ecosystem.Rules.Feel;

/// <summary>Base of the FEEL values that have no type of their own in .NET. Immutable and thread-safe.</summary>
public abstract class FeelObject
{
    private protected FeelObject(FeelKind kind) => Kind = kind;

    /// <summary>What kind of value this is.</summary>
    public FeelKind Kind { get; }
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
