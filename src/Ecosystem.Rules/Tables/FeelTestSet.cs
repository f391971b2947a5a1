using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>The compiled tests of one cell, with what an index can know of them.</summary>
internal sealed class FeelTestSet(FeelTestCode[] tests, bool negated)
{
    public bool IsAny => tests.Length == 0;

    public FeelTruth Test(FeelFrame frame, FeelValue value)
    {
        if (tests.Length == 0)
        {
            return FeelTruth.True;
        }

        var truth = FeelTestCode.Any(tests, frame, value);
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

    /// <summary>Order of constants of one kind; false comes before true.</summary>
    public static int Order(FeelValue a, FeelValue b) =>
        a.IsBoolean && b.IsBoolean ? a.IsTrue.CompareTo(b.IsTrue) : FeelComparison.Compare(a, b) ?? a.Kind.CompareTo(b.Kind);

    /// <summary>The constants of the tests, null excepted; false when a test is not constant.</summary>
    public bool TryConstants(List<FeelValue> constants) => Array.TrueForAll(tests, t => t.Outline() is { } outline && outline.TryConstants(constants));

    public SegmentSet ToSegments(FeelValue[] constants)
    {
        var count = (constants.Length * 2) + 2;
        if (tests.Length == 0)
        {
            return new SegmentSet([(0, count - 1)]);
        }

        var ranges = new List<(int From, int To)>();
        foreach (var test in tests)
        {
            test.Outline()!.Mark(constants, ranges);
        }

        ranges = SegmentSet.Merge(ranges);
        if (negated)
        {
            ranges = SegmentSet.Others(ranges, count - 2);
        }

        // Null is the one value whose truth the order does not tell, so it is asked of the test itself.
        if (TestNull())
        {
            ranges.Add((count - 1, count - 1));
        }

        return new SegmentSet(SegmentSet.Merge(ranges));
    }

    private bool TestNull()
    {
        try
        {
            var frame = new FeelFrame(new FeelRun(), null, new FeelValue[1]);
            frame.Run.Start(FeelOptions.Default, null, null);
            return Test(frame, FeelValue.Null) == FeelTruth.True;
        }
        catch (FeelException)
        {
            // In strict mode null cannot be compared; the table reports the missing input before it comes to this.
            return false;
        }
    }
}

/// <summary>A constant test: an interval open or closed on either side, a value, or anything but a value.</summary>
internal sealed class TestOutline
{
    private readonly FeelValue _low;
    private readonly FeelValue _high;
    private readonly bool _lowIncluded;
    private readonly bool _highIncluded;
    private readonly bool _except;
    private readonly IReadOnlyList<FeelValue>? _values;

    private TestOutline(FeelValue low, bool lowIncluded, FeelValue high, bool highIncluded, bool except)
    {
        (_low, _lowIncluded, _high, _highIncluded, _except) = (low, lowIncluded, high, highIncluded, except);
    }

    private TestOutline(IReadOnlyList<FeelValue> values) => _values = values;

    public static TestOutline? Compare(FeelOperator op, FeelValue value)
    {
        if (value.IsBoolean && op is not (FeelOperator.Equal or FeelOperator.NotEqual))
        {
            return null;
        }

        if (!FeelOrder.IsOrdered(value) && !value.IsBoolean)
        {
            return null;
        }

        return op switch
        {
            FeelOperator.Equal => new TestOutline([value]),
            FeelOperator.NotEqual => new TestOutline(value, true, value, true, except: true),
            FeelOperator.Less => new TestOutline(FeelValue.Null, false, value, false, false),
            FeelOperator.LessOrEqual => new TestOutline(FeelValue.Null, false, value, true, false),
            FeelOperator.Greater => new TestOutline(value, false, FeelValue.Null, false, false),
            FeelOperator.GreaterOrEqual => new TestOutline(value, true, FeelValue.Null, false, false),
            _ => null,
        };
    }

    public static TestOutline? Interval(FeelValue low, bool lowIncluded, FeelValue high, bool highIncluded) =>
        FeelOrder.IsOrdered(low) && low.Kind == high.Kind ? new TestOutline(low, lowIncluded, high, highIncluded, false) : null;

    /// <summary>Equal to a value, one of a list, or in a range, whichever the operand is.</summary>
    public static TestOutline? Value(FeelValue value)
    {
        if (value.Range is { } range)
        {
            return range.Low.IsNull || range.High.IsNull ? null : Interval(range.Low, range.LowIncluded, range.High, range.HighIncluded);
        }

        if (value.List is { } list)
        {
            return list.AsEnumerable().All(i => i.IsNull || FeelOrder.IsOrdered(i)) ? new TestOutline([.. list.AsEnumerable()]) : null;
        }

        return value.IsNull || value.IsBoolean || FeelOrder.IsOrdered(value) ? new TestOutline([value]) : null;
    }

    public bool TryConstants(List<FeelValue> constants)
    {
        if (_values is not null)
        {
            constants.AddRange(_values.Where(v => !v.IsNull));
            return true;
        }

        if (!_low.IsNull)
        {
            constants.Add(_low);
        }

        if (!_high.IsNull)
        {
            constants.Add(_high);
        }

        return true;
    }

    /// <summary>Adds the segments in which the test is true, those of null excepted.</summary>
    public void Mark(FeelValue[] constants, List<(int From, int To)> ranges)
    {
        if (_values is not null)
        {
            foreach (var value in _values.Where(v => !v.IsNull))
            {
                var at = (Index(constants, value) * 2) + 1;
                ranges.Add((at, at));
            }

            return;
        }

        var last = constants.Length * 2;
        var from = _low.IsNull ? 0 : (Index(constants, _low) * 2) + (_lowIncluded ? 1 : 2);
        var to = _high.IsNull ? last : (Index(constants, _high) * 2) + (_highIncluded ? 1 : 0);
        if (!_except)
        {
            ranges.Add((from, to));
            return;
        }

        ranges.Add((0, from - 1));
        ranges.Add((to + 1, last));
    }

    private static int Index(FeelValue[] constants, FeelValue value)
    {
        var low = 0;
        var high = constants.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (FeelTestSet.Order(constants[middle], value) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
