namespace Ecosystem.Rules.Feel;

/// <summary>Functions over a list, or over their arguments.</summary>
internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Aggregates()
    {
        yield return Aggregate("min", (run, items) => Extreme(run, items, "min", -1));
        yield return Aggregate("max", (run, items) => Extreme(run, items, "max", 1));
        yield return Aggregate("sum", Sum);
        yield return Aggregate("mean", (run, items) => Numbers(run, items, "mean", n => n.Sum() / n.Length));
        yield return Aggregate("product", (run, items) => Numbers(run, items, "product", n => n.Aggregate(1m, (x, y) => x * y)));
        yield return Aggregate("median", (run, items) => Numbers(run, items, "median", Median));
        yield return Aggregate("stddev", StandardDeviation);
        yield return Aggregate("mode", Mode);
        yield return Aggregate("all", (run, items) => Every(run, items, "all", false));
        yield return Aggregate("any", (run, items) => Every(run, items, "any", true));
    }

    private static FeelBuiltIn Aggregate(string name, Func<FeelRun, FeelValue[], FeelValue> body)
    {
        return new FeelBuiltIn(name, Way("list", Apply), new FeelBuiltIn.Overload([], 1, Apply, Variadic: true));

        FeelValue Apply(FeelRun run, FeelValue[] a) => a.Length == 1
            ? a[0].List is { } list ? body(run, list.Items.ToArray()) : a[0].IsNull ? run.Fail(name, "a list") : body(run, a)
            : body(run, a);
    }

    private static FeelValue Extreme(FeelRun run, FeelValue[] items, string name, int sign)
    {
        if (items.Length == 0)
        {
            return FeelValue.Null;
        }

        var best = items[0];
        if (!FeelOrder.IsOrdered(best))
        {
            return run.Fail(name, "values that have an order");
        }

        foreach (var item in items.AsSpan(1))
        {
            if (FeelComparison.Compare(item, best) is not { } order)
            {
                return run.Fail(name, "values of one kind");
            }

            best = Math.Sign(order) == sign ? item : best;
        }

        return best;
    }

    private static FeelValue Sum(FeelRun run, FeelValue[] items)
    {
        if (items.Length == 0)
        {
            return FeelValue.Null;
        }

        var kind = items[0].Kind;
        if (kind is FeelKind.DaysTime or FeelKind.YearsMonths && Array.TrueForAll(items, i => i.Kind == kind))
        {
            var total = items.Sum(i => i.Number);
            return kind == FeelKind.DaysTime ? FeelValue.Seconds(total) : FeelValue.Months(total);
        }

        return Numbers(run, items, "sum", n => n.Sum());
    }

    private static FeelValue Numbers(FeelRun run, FeelValue[] items, string name, Func<decimal[], decimal> body)
    {
        if (items.Length == 0)
        {
            return FeelValue.Null;
        }

        return Array.TrueForAll(items, i => i.IsNumber)
            ? FeelValue.Of(body(Array.ConvertAll(items, i => i.Number)))
            : run.Fail(name, "numbers only");
    }

    private static decimal Median(decimal[] numbers)
    {
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static FeelValue StandardDeviation(FeelRun run, FeelValue[] items) => items.Length < 2
        ? run.Fail("stddev", "at least two numbers")
        : Numbers(run, items, "stddev", n =>
        {
            var mean = n.Sum() / n.Length;
            return FeelMath.Sqrt(n.Sum(x => (x - mean) * (x - mean)) / (n.Length - 1))!.Value;
        });

    private static FeelValue Mode(FeelRun run, FeelValue[] items)
    {
        if (!Array.TrueForAll(items, i => i.IsNumber))
        {
            return run.Fail("mode", "numbers only");
        }

        var groups = items.GroupBy(i => i.Number).ToList();
        var most = groups.Count == 0 ? 0 : groups.Max(g => g.Count());
        return ListOf(run, [.. groups.Where(g => g.Count() == most).Select(g => g.Key).Order().Select(FeelValue.Of)]);
    }

    /// <summary>The deciding value wins; anything that is not a boolean leaves the rest undecided.</summary>
    private static FeelValue Every(FeelRun run, FeelValue[] items, string name, bool deciding)
    {
        var undecided = false;
        foreach (var item in items)
        {
            if (item.IsBoolean && item.IsTrue == deciding)
            {
                return FeelValue.Of(deciding);
            }

            undecided |= !item.IsBoolean;
        }

        return undecided ? run.Fail(name, "true and false only") : FeelValue.Of(!deciding);
    }
}
