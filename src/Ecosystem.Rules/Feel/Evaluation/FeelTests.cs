using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Feel;

/// <summary>One test of a value: an alternative of "in" or of a cell.</summary>
internal abstract class FeelTestCode
{
    public abstract FeelTruth Test(FeelFrame frame, FeelValue value);

    /// <summary>What the test is when all in it is constant; null when it must be run.</summary>
    public virtual TestOutline? Outline() => null;

    /// <summary>The first true test wins; unknown beats false.</summary>
    public static FeelTruth Any(FeelTestCode[] tests, FeelFrame frame, FeelValue value)
    {
        var result = FeelTruth.False;
        foreach (var test in tests)
        {
            var truth = test.Test(frame, value);
            if (truth == FeelTruth.True)
            {
                return truth;
            }

            if (truth == FeelTruth.Unknown)
            {
                result = truth;
            }
        }

        return result;
    }

    /// <summary>"value in other" (DMN 1.5, table 55): equal, in the range, or in the list.</summary>
    public static FeelTruth In(FeelValue value, FeelValue other, FeelRun run)
    {
        if (other.Range is { } range)
        {
            return value.Range is not null ? Of(FeelComparison.AreEqual(value, other)) : Of(range.Contains(value));
        }

        if (other.List is { } list)
        {
            if (FeelComparison.AreEqual(value, other) == true)
            {
                return FeelTruth.True;
            }

            run.Step(list.Count);
            foreach (var item in list.Items)
            {
                if (FeelComparison.Same(value, item) || (item.Range is { } inner && inner.Contains(value) == true))
                {
                    return FeelTruth.True;
                }
            }

            return FeelTruth.False;
        }

        return Of(FeelComparison.AreEqual(value, other));
    }

    public static FeelTruth Of(bool? value) => value switch
    {
        true => FeelTruth.True,
        false => FeelTruth.False,
        _ => FeelTruth.Unknown,
    };
}

internal sealed class ComparisonTestCode(FeelOperator op, FeelCode operand, bool strict, FeelPosition at) : FeelTestCode
{
    public override TestOutline? Outline() => operand is ConstantCode constant ? TestOutline.Compare(op, constant.Value) : null;

    public override FeelTruth Test(FeelFrame frame, FeelValue value)
    {
        var other = operand.Run(frame);
        if (op is FeelOperator.Equal or FeelOperator.NotEqual)
        {
            return FeelComparison.AreEqual(value, other) is { } equal ? Of(equal == (op == FeelOperator.Equal)) : Undecided(value, other);
        }

        if (FeelComparison.Compare(value, other) is not { } order)
        {
            return Undecided(value, other);
        }

        return Of(op switch
        {
            FeelOperator.Less => order < 0,
            FeelOperator.LessOrEqual => order <= 0,
            FeelOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private FeelTruth Undecided(FeelValue a, FeelValue b) => strict ? throw ArithmeticCode.Clash(op, a, b, at) : FeelTruth.Unknown;
}

internal sealed class IntervalTestCode(bool lowIncluded, FeelCode low, FeelCode high, bool highIncluded, bool strict, FeelPosition at) : FeelTestCode
{
    public override TestOutline? Outline() =>
        low is ConstantCode from && high is ConstantCode to ? TestOutline.Interval(from.Value, lowIncluded, to.Value, highIncluded) : null;

    public override FeelTruth Test(FeelFrame frame, FeelValue value)
    {
        var start = low.Run(frame);
        var end = high.Run(frame);
        if (value.Range is { } tested)
        {
            // A range is in an interval as in any other value: when they are equal.
            return Of(tested.LowIncluded == lowIncluded && tested.HighIncluded == highIncluded && FeelComparison.Same(tested.Low, start) && FeelComparison.Same(tested.High, end));
        }

        var above = FeelComparison.Compare(value, start);
        var below = FeelComparison.Compare(value, end);
        if (above is null || below is null)
        {
            return strict
                ? throw FeelException.At(at, "feel-type", $"{FeelNaming.Short(value)} cannot lie between {FeelNaming.Short(start)} and {FeelNaming.Short(end)}.")
                : FeelTruth.Unknown;
        }

        return Of((above > 0 || (above == 0 && lowIncluded)) && (below < 0 || (below == 0 && highIncluded)));
    }
}

/// <summary>A value or list or range to be in; in a cell also a condition that speaks of "?" itself.</summary>
internal sealed class ValueTestCode(FeelCode operand, bool condition, bool self) : FeelTestCode
{
    public override TestOutline? Outline() => operand is ConstantCode constant && !condition ? TestOutline.Value(constant.Value) : null;

    public override FeelTruth Test(FeelFrame frame, FeelValue value)
    {
        var other = operand.Run(frame);
        if (condition && !self && (other.IsBoolean || other.IsNull))
        {
            return Of(other.AsBoolean());
        }

        return In(value, other, frame.Run);
    }
}

internal sealed class InCode(FeelCode value, FeelTestCode[] tests) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame) => FeelTestCode.Any(tests, frame, value.Run(frame));
}

/// <summary>A cell of a decision table over the value in a slot or input named "?".</summary>
internal sealed class UnaryTestsCode(FeelCode input, bool negated, FeelTestCode[] tests) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        if (tests.Length == 0)
        {
            return FeelTruth.True;
        }

        var truth = FeelTestCode.Any(tests, frame, input.Run(frame));
        if (!negated)
        {
            return truth;
        }

        return truth switch
        {
            FeelTruth.True => FeelTruth.False,
            FeelTruth.False => FeelTruth.True,
            _ => FeelTruth.Unknown,
        };
    }
}
