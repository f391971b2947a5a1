namespace Ecosystem.Rules.Network;

/// <summary>Collects what happens to the results of an aggregation, so that each result is propagated once.</summary>
internal sealed class AggregateContext : IClearable
{
    private readonly Buffer<AggregateResult> _touched = new();
    private readonly Buffer<Tuple> _asserted = new();
    private readonly Buffer<Tuple> _updated = new();
    private readonly Buffer<Tuple> _retracted = new();

    /// <summary>Whether an expression threw, and a handler took care of that: the aggregation of the partial match is to be given up.</summary>
    public bool HasFailed { get; set; }

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
            _retracted.Add(child);
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
                    _asserted.Add(result.Child);
                    break;
                case AggregateChange.Modified:
                    _updated.Add(result.Child!);
                    break;
                case AggregateChange.Removed when result.Child is not null:
                    LeftTuple.Unlink(result.Child);
                    _retracted.Add(result.Child);
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
        session.Count(info, MetricKind.RetractOutput, _retracted.Count);
        session.Count(info, MetricKind.InsertOutput, _asserted.Count);
        session.Count(info, MetricKind.UpdateOutput, _updated.Count);
        output.Retract(session, _retracted.Span);
        output.Assert(session, _asserted.Span);
        output.Update(session, _updated.Span);
    }

    public void Clear()
    {
        HasFailed = false;
        _touched.Clear();
        _asserted.Clear();
        _updated.Clear();
        _retracted.Clear();
    }
}
