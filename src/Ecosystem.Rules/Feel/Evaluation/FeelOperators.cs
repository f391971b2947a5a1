namespace Ecosystem.Rules.Feel;

internal sealed class AndCode(FeelCode left, FeelCode right, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var first = left.Truth(frame);
        if (first == FeelTruth.False)
        {
            return FeelTruth.False;
        }

        OrCode.Refuse(first, strict, at, "left", "and");
        var second = right.Truth(frame);
        OrCode.Refuse(second, strict, at, "right", "and");
        return second == FeelTruth.False ? FeelTruth.False : first == FeelTruth.True ? second : FeelTruth.Unknown;
    }
}

internal sealed class OrCode(FeelCode left, FeelCode right, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var first = left.Truth(frame);
        if (first == FeelTruth.True)
        {
            return FeelTruth.True;
        }

        Refuse(first, strict, at, "left", "or");
        var second = right.Truth(frame);
        Refuse(second, strict, at, "right", "or");
        return second == FeelTruth.True ? FeelTruth.True : first == FeelTruth.False ? second : FeelTruth.Unknown;
    }

    public static void Refuse(FeelTruth truth, bool strict, FeelPosition at, string side, string op)
    {
        if (strict && truth == FeelTruth.Unknown)
        {
            throw FeelException.At(at, "feel-type", $"The {side} side of '{op}' is neither true nor false.");
        }
    }
}

internal sealed class CompareCode(FeelOperator op, FeelCode left, FeelCode right, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var a = left.Run(frame);
        var b = right.Run(frame);
        if (op is FeelOperator.Equal or FeelOperator.NotEqual)
        {
            if (a.Kind is FeelKind.List or FeelKind.Context)
            {
                frame.Run.Step(((FeelObject)a.Reference!).Weight);
            }

            return FeelComparison.AreEqual(a, b) is { } equal ? Of(equal == (op == FeelOperator.Equal)) : Undecided(a, b);
        }

        if (FeelComparison.Compare(a, b) is not { } order)
        {
            return Undecided(a, b);
        }

        return Of(op switch
        {
            FeelOperator.Less => order < 0,
            FeelOperator.LessOrEqual => order <= 0,
            FeelOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static FeelTruth Of(bool value) => value ? FeelTruth.True : FeelTruth.False;

    private FeelTruth Undecided(FeelValue a, FeelValue b) => strict ? throw ArithmeticCode.Clash(op, a, b, at) : FeelTruth.Unknown;
}

/// <summary>A number compared with a constant: the most frequent test of all.</summary>
internal sealed class CompareNumberCode(FeelOperator op, FeelCode left, decimal right, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var a = left.Run(frame);
        if (!a.IsNumber)
        {
            return op is FeelOperator.Equal or FeelOperator.NotEqual && a.IsNull
                ? (op == FeelOperator.NotEqual ? FeelTruth.True : FeelTruth.False)
                : strict ? throw ArithmeticCode.Clash(op, a, FeelValue.Of(right), at) : FeelTruth.Unknown;
        }

        var value = a.Number;
        var result = op switch
        {
            FeelOperator.Equal => value == right,
            FeelOperator.NotEqual => value != right,
            FeelOperator.Less => value < right,
            FeelOperator.LessOrEqual => value <= right,
            FeelOperator.Greater => value > right,
            _ => value >= right,
        };
        return result ? FeelTruth.True : FeelTruth.False;
    }
}

internal sealed class BetweenCode(FeelCode value, FeelCode low, FeelCode high, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var tested = value.Run(frame);
        var start = low.Run(frame);
        var end = high.Run(frame);
        var above = FeelComparison.Compare(tested, start);
        var below = FeelComparison.Compare(tested, end);
        if (strict && (above is null || below is null))
        {
            throw FeelException.At(at, "feel-type", $"{FeelNaming.Short(tested)} cannot be between {FeelNaming.Short(start)} and {FeelNaming.Short(end)}.");
        }

        // The conjunction of two comparisons, each of which may be unknown.
        if (above < 0 || below > 0)
        {
            return FeelTruth.False;
        }

        return above is null || below is null ? FeelTruth.Unknown : FeelTruth.True;
    }
}

internal sealed class NegateCode(FeelCode operand, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var value = operand.Run(frame);
        return value.Kind switch
        {
            FeelKind.Number => FeelValue.Of(-value.Number),
            FeelKind.DaysTime => FeelValue.Seconds(-value.Number),
            FeelKind.YearsMonths => FeelValue.Months(-value.Number),
            _ => strict
                ? throw FeelException.At(at, "feel-type", $"'-' needs a number or a duration, but has the {FeelNaming.Kind(value.Kind)} {FeelNaming.Short(value)}.")
                : FeelValue.Null,
        };
    }
}

internal sealed class ArithmeticCode(FeelOperator op, FeelCode left, FeelCode right, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var a = left.Run(frame);
        var b = right.Run(frame);
        FeelValue result;
        try
        {
            result = a.IsNumber && b.IsNumber ? Numbers(a.Number, b.Number) : FeelArithmetic.Apply(op, a, b, frame.Run);
        }
        catch (OverflowException)
        {
            return strict
                ? throw FeelException.At(at, "feel-number", $"The result of '{FeelNaming.Operator(op)}' is outside what a decimal holds (28 digits).")
                : FeelValue.Null;
        }

        return result.IsNull && strict ? throw Clash(op, a, b, at) : result;
    }

    public static FeelException Clash(FeelOperator op, FeelValue a, FeelValue b, FeelPosition at)
    {
        var sign = FeelNaming.Operator(op);
        if (a.IsNull || b.IsNull)
        {
            return FeelException.At(at, "feel-missing", $"The {(a.IsNull ? "left" : "right")} side of '{sign}' has no value.");
        }

        if (op == FeelOperator.Divide && b is { IsNumber: true, Number: 0m })
        {
            return FeelException.At(at, "feel-number", "A number cannot be divided by zero.");
        }

        return FeelException.At(at, "feel-type",
            $"'{sign}' cannot take the {FeelNaming.Kind(a.Kind)} {FeelNaming.Short(a)} and the {FeelNaming.Kind(b.Kind)} {FeelNaming.Short(b)}.");
    }

    private FeelValue Numbers(decimal a, decimal b) => op switch
    {
        FeelOperator.Add => FeelValue.Of(a + b),
        FeelOperator.Subtract => FeelValue.Of(a - b),
        FeelOperator.Multiply => FeelValue.Of(a * b),
        FeelOperator.Divide => b == 0 ? FeelValue.Null : FeelValue.Of(a / b),
        _ => FeelMath.Power(a, b) is { } power ? FeelValue.Of(power) : FeelValue.Null,
    };
}
