using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>What matching rows make of the result.</summary>
public sealed partial class DecisionTable
{
    /// <summary>The result; the row when it is that row's output unchanged, otherwise -1.</summary>
    private FeelValue Decide(FeelFrame frame, Trace? trace, out int single)
    {
        if (trace is not null)
        {
            return Decide(frame, trace, trace.Values, out single);
        }

        var values = RentInputs();
        var result = Decide(frame, null, values, out single);
        Array.Clear(values);
        spareInputs = values;
        return result;
    }

    private FeelValue Decide(FeelFrame frame, Trace? trace, FeelValue[] values, out int single)
    {
        single = -1;
        var matcher = new Matcher(this, frame, stackalloc int[_inputs.Length], values);
        matcher.Start();

        var first = matcher.Next();
        if (first < 0)
        {
            return NoRow(frame, trace);
        }

        var policy = Definition.HitPolicy;
        if (policy == HitPolicy.First)
        {
            single = first;
            return Hit(frame, trace, first);
        }

        var second = matcher.Next();
        if (second < 0 && policy is HitPolicy.Unique or HitPolicy.Any or HitPolicy.Priority)
        {
            single = first;
            return Hit(frame, trace, first);
        }

        var rows = new List<int> { first };
        for (var row = second; row >= 0; row = matcher.Next())
        {
            rows.Add(row);
        }

        switch (policy)
        {
            case HitPolicy.Unique:
                foreach (var row in rows)
                {
                    // The trace names all rows that contradict one another.
                    Hit(frame, trace, row);
                }

                return _options.Mode == FeelMode.Strict
                    ? throw Error("table-unique", $"the rows {Names(rows)} match together, but the hit policy U allows one. Make their conditions exclusive, or choose another policy.")
                    : FeelValue.Null;
            case HitPolicy.Any:
                return Agreed(frame, trace, rows, out single);
            case HitPolicy.Priority:
                single = Ranked(frame, rows)[0].Row;
                return Hit(frame, trace, single);
            case HitPolicy.OutputOrder:
                rows = [.. Ranked(frame, rows).Select(r => r.Row)];
                break;
        }

        var outputs = new FeelValue[rows.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Hit(frame, trace, rows[i]);
        }

        return policy switch
        {
            HitPolicy.CollectCount => FeelValue.Of((decimal)outputs.Length),
            HitPolicy.CollectSum => Aggregate(frame, outputs, "sum"),
            HitPolicy.CollectMin => Aggregate(frame, outputs, "min"),
            HitPolicy.CollectMax => Aggregate(frame, outputs, "max"),
            _ => FeelValue.Of(new FeelList(outputs)),
        };
    }

    [ThreadStatic]
    private static FeelValue[]? spareInputs;

    /// <summary>Room for the input values. Taken from the thread while in use, as inputs may call functions that evaluate other tables.</summary>
    private FeelValue[] RentInputs()
    {
        var buffer = spareInputs;
        spareInputs = null;
        return buffer is not null && buffer.Length >= _inputs.Length ? buffer : new FeelValue[Math.Max(8, _inputs.Length)];
    }

    private FeelValue Hit(FeelFrame frame, Trace? trace, int row)
    {
        var output = _outputs.Of(frame, row);
        trace?.Hits.Add((row, output));
        return output;
    }

    private FeelValue NoRow(FeelFrame frame, Trace? trace)
    {
        if (_outputs.HasDefault)
        {
            if (trace is not null)
            {
                trace.Defaulted = true;
            }

            var value = _outputs.Default(frame);
            return Definition.HitPolicy is HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.Collect && value.List is null
                ? FeelValue.Of(new FeelList([value]))
                : value;
        }

        return Definition.HitPolicy switch
        {
            HitPolicy.Collect => FeelValue.Of(FeelList.Empty),
            HitPolicy.CollectCount => FeelValue.Of(0m),
            _ => FeelValue.Null,
        };
    }

    private FeelValue Agreed(FeelFrame frame, Trace? trace, List<int> rows, out int single)
    {
        single = rows[0];
        var output = Hit(frame, trace, rows[0]);
        foreach (var row in rows.Skip(1))
        {
            if (!FeelComparison.Same(output, Hit(frame, trace, row)))
            {
                single = -1;
                return _options.Mode == FeelMode.Strict
                    ? throw Error("table-any", $"the rows '{Definition.Rows[rows[0]].Id}' and '{Definition.Rows[row].Id}' match together with different outputs, which the hit policy A does not allow.")
                    : FeelValue.Null;
            }
        }

        return output;
    }

    private List<(int Row, int[] Rank)> Ranked(FeelFrame frame, List<int> rows)
    {
        var ranked = rows.ConvertAll(row => (Row: row, Rank: _outputs.Rank(frame, row)));
        // A stable order: rows of equal rank stay in the order of the table.
        return [.. ranked.OrderBy(r => r.Rank, RankComparer.Instance)];
    }

    private FeelValue Aggregate(FeelFrame frame, FeelValue[] outputs, string function)
    {
        if (Definition.Outputs.Count == 1)
        {
            return Apply(outputs);
        }

        var names = _outputs.Names;
        return FeelValue.Of(new FeelRecord(names, [.. names.Select(n => Apply(Array.ConvertAll(outputs, o => o.Context!.TryGet(n, out var v) ? v : FeelValue.Null)))]));

        FeelValue Apply(FeelValue[] values) => FeelBuiltIns.Find(function)!.Invoke(frame.Run, [FeelValue.Of(new FeelList(values))]);
    }

    private string Names(IEnumerable<int> rows) => string.Join(", ", rows.Select(r => $"'{Definition.Rows[r].Id}'"));

    private sealed class RankComparer : IComparer<int[]>
    {
        public static readonly RankComparer Instance = new();

        public int Compare(int[]? x, int[]? y)
        {
            for (var i = 0; i < x!.Length; i++)
            {
                if (x[i] != y![i])
                {
                    return x[i].CompareTo(y[i]);
                }
            }

            return 0;
        }
    }
}
