namespace Ecosystem.Rules.Feel;

internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Lists()
    {
        yield return Of("list contains", "list, element", ListContains);
        yield return Of("count", "list", (run, a) => TryList(a, 0, out var list) ? FeelValue.Of((decimal)list.Count) : run.Fail("count", "a list"));
        yield return Of("sublist", "list, start position, length?", Sublist);
        yield return Of("append", "list, item, …", (run, a) => TryList(a, 0, out var list) ? ListOf(run, [.. list.Items, .. a[1..]]) : run.Fail("append", "a list and items"));
        yield return Of("concatenate", "list, …", (run, a) => Joined(run, a, "concatenate") is { } all ? ListOf(run, all) : run.Fail("concatenate", "lists"));
        yield return Of("union", "list, …", (run, a) => Joined(run, a, "union") is { } all ? ListOf(run, Distinct(run, all)) : run.Fail("union", "lists"));
        yield return Of("insert before", "list, position, newItem", InsertBefore);
        yield return Of("remove", "list, position", Remove);
        yield return new FeelBuiltIn("list replace", Way("list, position, newItem", ListReplace), Way("list, match, newItem", ListReplace));
        yield return Of("reverse", "list", (run, a) => TryList(a, 0, out var list) ? ListOf(run, [.. list.AsEnumerable().Reverse()]) : run.Fail("reverse", "a list"));
        yield return Of("index of", "list, match", IndexOf);
        yield return Of("distinct values", "list", (run, a) => TryList(a, 0, out var list) ? ListOf(run, Distinct(run, [.. list.Items])) : run.Fail("distinct values", "a list"));
        yield return Of("flatten", "list", Flatten);
        yield return new FeelBuiltIn("sort", Way("list, precedes", Sort), Way("list", Sort));
    }

    private static FeelValue ListContains(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("list contains", "a list and an element");
        }

        foreach (var item in list.Items)
        {
            run.Step(Weight(item));
            if (FeelComparison.Same(item, a[1]))
            {
                return FeelValue.True;
            }
        }

        return FeelValue.False;
    }

    /// <summary>Steps that a comparison with the value may take.</summary>
    private static long Weight(FeelValue value) => (value.Reference as FeelObject)?.Weight ?? 0;

    private static FeelValue Sublist(FeelRun run, FeelValue[] a)
    {
        decimal length = 0;
        var limited = a.Length > 2 && !a[2].IsNull;
        if (!TryList(a, 0, out var list) || !TryNumber(a, 1, out var start) || (limited && !TryNumber(a, 2, out length)) || !Position(list.Count, start, out var first))
        {
            return run.Fail("sublist", "a list, a position in it and a length");
        }

        length = decimal.Truncate(length);
        if (limited && (length < 0 || length > list.Count - first))
        {
            return run.Fail("sublist", $"a length from 0 to {list.Count - first}");
        }

        var count = limited ? (int)length : list.Count - first;
        run.Charge(count);
        return FeelValue.Of(new FeelList(list.Items.Slice(first, count).ToArray()));
    }

    /// <summary>Index of a position counted from 1, or backwards from -1.</summary>
    private static bool Position(int count, decimal position, out int index)
    {
        position = decimal.Truncate(position);
        index = Math.Abs(position) <= count ? (int)(position > 0 ? position - 1 : count + position) : 0;
        return position != 0 && Math.Abs(position) <= count;
    }

    private static List<FeelValue>? Joined(FeelRun run, FeelValue[] a, string name)
    {
        _ = name;
        var all = new List<FeelValue>();
        for (var i = 0; i < a.Length; i++)
        {
            if (!TryList(a, i, out var list))
            {
                return null;
            }

            run.Charge(list.Count);
            all.AddRange(list.Items);
        }

        return all;
    }

    private static List<FeelValue> Distinct(FeelRun run, List<FeelValue> items)
    {
        var kept = new List<FeelValue>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<decimal>();
        foreach (var item in items)
        {
            if (item.Text is { } text)
            {
                if (texts.Add(text))
                {
                    kept.Add(item);
                }
            }
            else if (item.IsNumber)
            {
                if (numbers.Add(item.Number))
                {
                    kept.Add(item);
                }
            }
            else
            {
                run.Step(kept.Count * Weight(item));
                if (!kept.Exists(k => FeelComparison.Same(k, item)))
                {
                    kept.Add(item);
                }
            }
        }

        return kept;
    }

    private static FeelValue InsertBefore(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list) || !TryNumber(a, 1, out var position))
        {
            return run.Fail("insert before", "a list, a position and an item");
        }

        if (!Position(list.Count, position, out var index) && !(decimal.Truncate(position) == list.Count + 1))
        {
            return run.Fail("insert before", $"a position from 1 to {list.Count + 1} or from -1 to -{list.Count}");
        }

        index = decimal.Truncate(position) == list.Count + 1 ? list.Count : index;
        return ListOf(run, [.. list.Items[..index], a[2], .. list.Items[index..]]);
    }

    private static FeelValue Remove(FeelRun run, FeelValue[] a) =>
        TryList(a, 0, out var list) && TryNumber(a, 1, out var position) && Position(list.Count, position, out var index)
            ? ListOf(run, [.. list.Items[..index], .. list.Items[(index + 1)..]])
            : run.Fail("remove", "a list and a position in it");

    private static FeelValue ListReplace(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("list replace", "a list");
        }

        var result = list.Items.ToArray();
        run.Charge(result.Length);
        if (a[1].Function is { } match)
        {
            for (var i = 0; i < result.Length; i++)
            {
                var truth = match.Invoke(run, [result[i], a[2]]);
                if (!truth.IsBoolean)
                {
                    return run.Fail("list replace", "a function(item, newItem) that gives true or false");
                }

                result[i] = truth.IsTrue ? a[2] : result[i];
            }

            return FeelValue.Of(new FeelList(result));
        }

        if (!TryNumber(a, 1, out var position) || !Position(list.Count, position, out var index))
        {
            return run.Fail("list replace", "a position in the list or a function");
        }

        result[index] = a[2];
        return FeelValue.Of(new FeelList(result));
    }

    private static FeelValue IndexOf(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("index of", "a list and an element");
        }

        var positions = new List<FeelValue>();
        for (var i = 0; i < list.Count; i++)
        {
            run.Step(Weight(list.Items[i]));
            if (FeelComparison.Same(list.Items[i], a[1]))
            {
                positions.Add(FeelValue.Of(i + 1m));
            }
        }

        return ListOf(run, positions);
    }

    private static FeelValue Flatten(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("flatten", "a list");
        }

        var flat = new List<FeelValue>();
        Flatten(run, list, flat);
        return FeelValue.Of(new FeelList([.. flat]));
    }

    private static void Flatten(FeelRun run, FeelList list, List<FeelValue> flat)
    {
        foreach (var item in list.Items)
        {
            run.Step();
            if (item.List is { } inner)
            {
                Flatten(run, inner, flat);
            }
            else
            {
                run.Charge(1);
                flat.Add(item);
            }
        }
    }

    private static FeelValue Sort(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list) || (a.Length > 1 && a[1].Function is null))
        {
            return run.Fail("sort", "a list and a function that says which of two items comes first");
        }

        var items = list.Items.ToArray();
        run.Charge(items.Length);
        var valid = true;
        Merge(items, new FeelValue[items.Length], 0, items.Length, (x, y) =>
        {
            run.Step();
            if (a.Length > 1)
            {
                var precedes = a[1].Function!.Invoke(run, [x, y]);
                valid &= precedes.IsBoolean;
                return precedes.IsTrue;
            }

            var order = FeelComparison.Compare(x, y);
            valid &= order is not null;
            return order < 0;
        });
        return valid ? FeelValue.Of(new FeelList(items)) : run.Fail("sort", "a function(a, b) that gives true or false");
    }

    /// <summary>Stable merge sort: a comparison written by a user need not be consistent, and may not be trusted to end.</summary>
    private static void Merge(FeelValue[] items, FeelValue[] buffer, int from, int to, Func<FeelValue, FeelValue, bool> precedes)
    {
        if (to - from < 2)
        {
            return;
        }

        var middle = (from + to) / 2;
        Merge(items, buffer, from, middle, precedes);
        Merge(items, buffer, middle, to, precedes);
        var (left, right) = (from, middle);
        for (var i = from; i < to; i++)
        {
            buffer[i] = left < middle && (right >= to || !precedes(items[right], items[left])) ? items[left++] : items[right++];
        }

        Array.Copy(buffer, from, items, from, to - from);
    }
}
