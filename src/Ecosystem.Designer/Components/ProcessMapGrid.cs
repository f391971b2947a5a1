namespace Ecosystem.Designer.Components;

/// <summary>Which column and row each step of a process map stands in; no two share a cell.</summary>
internal static class ProcessMapGrid
{
    private const double SameColumn = 100;
    private const double SameRow = 40;

    /// <summary>The cells, by step.</summary>
    public static Dictionary<string, (int Column, int Row)> Of(ProcessMapSource source)
    {
        var placed = source.Steps.All(step => step.X is not null && step.Y is not null) && source.Steps.Select(step => (step.X, step.Y)).Distinct().Count() == source.Steps.Count;
        var wished = placed ? Designed(source) : Layered(source);
        var cells = new Dictionary<string, (int Column, int Row)>(StringComparer.Ordinal);
        var taken = new HashSet<(int, int)>();
        foreach (var step in source.Steps.OrderBy(step => wished[step.Id].Column).ThenBy(step => wished[step.Id].Row))
        {
            var (column, row) = wished[step.Id];
            while (!taken.Add((column, row)))
            {
                row++;
            }

            cells[step.Id] = (column, row);
        }

        return cells;
    }

    // Steps that stand about above each other are a column, those about beside each other a row.
    private static Dictionary<string, (int Column, int Row)> Designed(ProcessMapSource source)
    {
        var columns = Clusters(source.Steps.Select(step => step.X!.Value), SameColumn);
        var rows = Clusters(source.Steps.Select(step => step.Y!.Value), SameRow);
        return source.Steps.ToDictionary(step => step.Id, step => (columns[step.X!.Value], rows[step.Y!.Value]), StringComparer.Ordinal);
    }

    private static Dictionary<double, int> Clusters(IEnumerable<double> values, double reach)
    {
        var found = new Dictionary<double, int>();
        var (start, number) = (double.NegativeInfinity, -1);
        foreach (var value in values.Distinct().Order())
        {
            if (value - start > reach)
            {
                (start, number) = (value, number + 1);
            }

            found[value] = number;
        }

        return found;
    }

    // Longest path from a start decides the column; arrows that close a loop are left out of that. Rows follow the parents' rows.
    private static Dictionary<string, (int Column, int Row)> Layered(ProcessMapSource source)
    {
        var forward = WithoutLoops(source);
        var column = source.Steps.ToDictionary(step => step.Id, _ => 0, StringComparer.Ordinal);
        var into = forward.ToLookup(link => link.To, StringComparer.Ordinal);
        var outOf = forward.ToLookup(link => link.From, StringComparer.Ordinal);
        var open = source.Steps.ToDictionary(step => step.Id, step => into[step.Id].Count(), StringComparer.Ordinal);
        var ready = new Queue<string>(source.Steps.Where(step => open[step.Id] == 0).Select(step => step.Id));
        while (ready.TryDequeue(out var id))
        {
            foreach (var link in outOf[id])
            {
                column[link.To] = Math.Max(column[link.To], column[id] + 1);
                if (--open[link.To] == 0)
                {
                    ready.Enqueue(link.To);
                }
            }
        }

        var cells = new Dictionary<string, (int Column, int Row)>(StringComparer.Ordinal);
        foreach (var layer in source.Steps.GroupBy(step => column[step.Id]).OrderBy(group => group.Key))
        {
            var ordered = layer
                .Select((step, index) => (step.Id, Wish: into[step.Id].Select(link => (double)cells[link.From].Row).DefaultIfEmpty(index).Average()))
                .OrderBy(item => item.Wish)
                .ToList();

            // A lone successor stays in its parent's row, so that the main path runs straight.
            var row = -1;
            foreach (var (id, wish) in ordered)
            {
                row = Math.Max(row + 1, ordered.Count == 1 ? (int)Math.Round(wish) : 0);
                cells[id] = (layer.Key, row);
            }
        }

        return cells;
    }

    private static List<ProcessMapSource.Link> WithoutLoops(ProcessMapSource source)
    {
        var from = source.Links.ToLookup(link => link.From, StringComparer.Ordinal);
        var reached = source.Links.Select(link => link.To).ToHashSet(StringComparer.Ordinal);
        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<ProcessMapSource.Link>();
        foreach (var start in source.Steps.OrderBy(step => reached.Contains(step.Id)))
        {
            Visit(start.Id);
        }

        return kept;

        // Depth first without recursion: a process may be longer than the stack is deep.
        void Visit(string first)
        {
            if (!state.TryAdd(first, 1))
            {
                return;
            }

            var stack = new Stack<(string Id, IEnumerator<ProcessMapSource.Link> Links)>();
            stack.Push((first, from[first].GetEnumerator()));
            while (stack.TryPeek(out var top))
            {
                if (!top.Links.MoveNext())
                {
                    state[top.Id] = 2;
                    stack.Pop();
                }
                else if (state.GetValueOrDefault(top.Links.Current.To) != 1)
                {
                    kept.Add(top.Links.Current);
                    if (state.TryAdd(top.Links.Current.To, 1))
                    {
                        stack.Push((top.Links.Current.To, from[top.Links.Current.To].GetEnumerator()));
                    }
                }
            }
        }
    }
}
