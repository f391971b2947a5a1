namespace Ecosystem.Rules.Feel;

/// <summary>One iterator of a loop, compiled: the slot of its variable and where its values come from.</summary>
internal sealed record IteratorCode(int Slot, FeelCode Source, FeelCode? Until)
{
    /// <summary>The values to go through; null when there is nothing that can be gone through.</summary>
    public IEnumerable<FeelValue>? Values(FeelFrame frame) =>
        Until is null ? Through(Source.Run(frame)) : Between(Source.Run(frame), Until.Run(frame));

    /// <summary>The values of a list or range; one value alone counts as a list of it.</summary>
    public static IEnumerable<FeelValue>? Through(FeelValue from)
    {
        if (from.Range is { } range)
        {
            return range.Low.IsNull || range.High.IsNull ? null : Between(Inside(range.Low, range.LowIncluded, range, 1), Inside(range.High, range.HighIncluded, range, -1));
        }

        return from.List is { } list ? list.AsEnumerable() : from.IsNull ? null : [from];
    }

    /// <summary>The first or last value of a range of numbers or days; an excluded end is one step inside.</summary>
    private static FeelValue Inside(FeelValue end, bool included, FeelRange range, int step)
    {
        if (included)
        {
            return end;
        }

        // A descending range excludes in the other direction.
        var direction = FeelComparison.Compare(range.Low, range.High) > 0 ? -step : step;
        return end.Kind switch
        {
            FeelKind.Number => FeelValue.Of(end.Number + direction),
            FeelKind.Date => FeelValue.Of(FeelDate.FromEpochDay(((FeelDate)end.Reference!).EpochDay + direction)),
            _ => end,
        };
    }

    private static IEnumerable<FeelValue>? Between(FeelValue from, FeelValue to)
    {
        if (from.IsNumber && to.IsNumber && from.Number == decimal.Truncate(from.Number) && to.Number == decimal.Truncate(to.Number))
        {
            return Numbers(from.Number, to.Number);
        }

        return from.Kind == FeelKind.Date && to.Kind == FeelKind.Date
            ? Days(((FeelDate)from.Reference!).EpochDay, ((FeelDate)to.Reference!).EpochDay)
            : null;
    }

    private static IEnumerable<FeelValue> Numbers(decimal from, decimal to)
    {
        var step = from <= to ? 1 : -1;
        for (var i = from; step > 0 ? i <= to : i >= to; i += step)
        {
            yield return FeelValue.Of(i);
        }
    }

    private static IEnumerable<FeelValue> Days(long from, long to)
    {
        var step = from <= to ? 1 : -1;
        for (var i = from; step > 0 ? i <= to : i >= to; i += step)
        {
            yield return FeelValue.Of(FeelDate.FromEpochDay(i));
        }
    }
}

internal sealed class ForCode(IteratorCode[] iterators, FeelCode result, int partialSlot, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var results = new FeelResults();
        return Loop(frame, 0, results) ? FeelValue.Of(results.ToList()) : FeelValue.Null;
    }

    private bool Loop(FeelFrame frame, int depth, FeelResults results)
    {
        var iterator = iterators[depth];
        if (iterator.Values(frame) is not { } values)
        {
            return strict ? throw FeelException.At(at, "feel-type", "'for' can only go through a list, a range of whole numbers or a range of dates.") : false;
        }

        foreach (var value in values)
        {
            frame.Run.Step();
            frame.Slots[iterator.Slot] = value;
            if (depth + 1 < iterators.Length)
            {
                if (!Loop(frame, depth + 1, results))
                {
                    return false;
                }

                continue;
            }

            if (partialSlot >= 0)
            {
                frame.Slots[partialSlot] = FeelValue.Of(results.ToList());
            }

            var item = result.Run(frame);
            frame.Run.Charge(1);
            results.Add(item);
        }

        return true;
    }
}

internal sealed class QuantifiedCode(bool every, IteratorCode[] iterators, FeelCode condition, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => ToValue(Truth(frame));

    public override FeelTruth Truth(FeelFrame frame)
    {
        var unknown = false;
        var decided = Loop(frame, 0, ref unknown);
        return decided switch
        {
            true => every ? FeelTruth.False : FeelTruth.True,
            null => FeelTruth.Unknown,
            _ => unknown ? FeelTruth.Unknown : every ? FeelTruth.True : FeelTruth.False,
        };
    }

    /// <summary>True when a round decided the result, null when there was nothing to go through.</summary>
    private bool? Loop(FeelFrame frame, int depth, ref bool unknown)
    {
        var iterator = iterators[depth];
        if (iterator.Values(frame) is not { } values)
        {
            return strict ? throw FeelException.At(at, "feel-type", $"'{(every ? "every" : "some")}' can only go through a list, a range of whole numbers or a range of dates.") : null;
        }

        foreach (var value in values)
        {
            frame.Run.Step();
            frame.Slots[iterator.Slot] = value;
            if (depth + 1 < iterators.Length)
            {
                var inner = Loop(frame, depth + 1, ref unknown);
                if (inner != false)
                {
                    return inner;
                }

                continue;
            }

            var truth = condition.Run(frame);
            if (!truth.IsBoolean)
            {
                if (!strict && !truth.IsNull)
                {
                    // A condition that is no condition leaves the whole without a result.
                    return null;
                }

                unknown = !strict ? true : throw FeelException.At(at, "feel-type", $"The condition of '{(every ? "every" : "some")}' is neither true nor false.");
            }
            else if (truth.IsTrue != every)
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class FilterCode(FeelCode source, FeelCode condition, int slot, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var value = source.Run(frame);
        if (value.IsNull)
        {
            return FeelValue.Null;
        }

        var list = value.List ?? new FeelList([value]);
        if (condition is ConstantCode { Value.IsNumber: true } constant)
        {
            return At(list, constant.Value.Number);
        }

        if (list.Count == 0)
        {
            frame.Slots[slot] = FeelValue.Null;
            return !strict && condition.Run(frame).IsNumber ? FeelValue.Null : FeelValue.Of(FeelList.Empty);
        }

        var kept = new List<FeelValue>();
        for (var i = 0; i < list.Count; i++)
        {
            frame.Run.Step();
            frame.Slots[slot] = list.Items[i];
            var test = condition.Run(frame);
            if (test.IsTrue)
            {
                kept.Add(list.Items[i]);
            }
            else if (test.IsNumber)
            {
                // A position does not depend on the item.
                return At(list, test.Number);
            }
            else if (!test.IsFalse && strict)
            {
                throw FeelException.At(at, "feel-type", $"A filter needs a condition or a position, but got {FeelNaming.Short(test)}.");
            }
            else if (!test.IsFalse && !test.IsNull)
            {
                return FeelValue.Null;
            }
        }

        frame.Run.Charge(kept.Count);
        return FeelValue.Of(new FeelList([.. kept]));
    }

    /// <summary>The item at a position counted from 1, or backwards from -1; null beyond the list.</summary>
    public static FeelValue ItemAt(FeelList list, decimal position) =>
        position != decimal.Truncate(position) || position == 0 || Math.Abs(position) > list.Count
            ? FeelValue.Null
            : list.Items[(int)(position > 0 ? position - 1 : list.Count + position)];

    private FeelValue At(FeelList list, decimal position)
    {
        var item = ItemAt(list, position);
        return item.IsNull && strict
            ? throw FeelException.At(at, "feel-type", $"There is no item {FeelText.Number(position)} in a list of {list.Count}.")
            : item;
    }
}
