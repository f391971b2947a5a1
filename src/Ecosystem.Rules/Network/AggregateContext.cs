namespace Ecosystem.Rules.Network;

/// <summary>Collects what happens to the results of an aggregation, so that each result is propagated once.</summary>
internal sealed class AggregateContext : IPoolable<AggregateContext>
{
    private readonly Buffer<AggregateResult> _touched = new();
    private readonly Buffer<Tuple> _changed = new();
    private readonly List<(AggregateChange Change, int Count)> _runs = [];

    /// <summary>Whether an expression threw, and a handler took care of that: the aggregation of the partial match is to be given up.</summary>
    public bool HasFailed { get; set; }

    public static AggregateContext Create() => new();

    public void Added(AggregateResult result)
    {
        result.Change = AggregateChange.Added;
        _touched.Add(result);
    }

    public void Modified(AggregateResult result)
    {
        if (result.Change == AggregateChange.None)
        {
            result.Change = AggregateChange.Modified;
            _touched.Add(result);
        }
    }

    public void Removed(AggregateResult result)
    {
        switch (result.Change)
        {
            case AggregateChange.None:
                result.Change = AggregateChange.Removed;
                _touched.Add(result);
                break;
            case AggregateChange.Added:
                result.Change = AggregateChange.Dropped;
                break;
            default:
                result.Change = AggregateChange.Removed;
                break;
        }
    }

    /// <summary>Takes back all results of a partial match.</summary>
    public void Drop(SubnetTuple left)
    {
        foreach (var result in _touched.Span)
        {
            result.Change = AggregateChange.None;
        }

        _touched.Clear();
        while (left.FirstChild is { } child)
        {
            LeftTuple.Unlink(child);
            Add(AggregateChange.Removed, child);
        }
    }

    /// <summary>Turns the changes of one partial match's results into tuples.</summary>
    public void Complete(Session session, TupleOutput output, SubnetTuple left)
    {
        foreach (var result in _touched.Span)
        {
            var change = result.Change;
            result.Change = AggregateChange.None;
            switch (change)
            {
                case AggregateChange.Added:
                case AggregateChange.Modified when result.Child is null:
                    result.Child = output.Create(session, left, result, null);
                    Add(AggregateChange.Added, result.Child);
                    break;
                case AggregateChange.Modified:
                    Add(AggregateChange.Modified, result.Child!);
                    break;
                case AggregateChange.Removed when result.Child is not null:
                    LeftTuple.Unlink(result.Child);
                    Add(AggregateChange.Removed, result.Child);
                    result.Child = null;
                    break;
                default:
                    break;
            }
        }

        _touched.Clear();
    }

    public void Propagate(Session session, NodeInfo info, TupleOutput output)
    {
        var from = 0;
        foreach (var (change, count) in _runs)
        {
            var run = _changed.Span.Slice(from, count);
            from += count;
            switch (change)
            {
                case AggregateChange.Added:
                    session.Count(info, MetricKind.InsertOutput, count);
                    output.Assert(session, run);
                    break;
                case AggregateChange.Modified:
                    session.Count(info, MetricKind.UpdateOutput, count);
                    output.Update(session, run);
                    break;
                default:
                    session.Count(info, MetricKind.RetractOutput, count);
                    output.Retract(session, run);
                    break;
            }
        }
    }

    public void Clear()
    {
        HasFailed = false;
        _touched.Clear();
        _changed.Clear();
        _runs.Clear();
    }

    /// <summary>Changes go out in the order in which the results were touched, as many together as are of one kind.</summary>
    private void Add(AggregateChange change, Tuple tuple)
    {
        _changed.Add(tuple);
        if (_runs.Count > 0 && _runs[^1].Change == change)
        {
            _runs[^1] = (change, _runs[^1].Count + 1);
        }
        else
        {
            _runs.Add((change, 1));
        }
    }
}
