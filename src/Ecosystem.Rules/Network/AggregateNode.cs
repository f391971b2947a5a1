using System.Runtime.CompilerServices;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>Folds the results of a nested network into new facts, for each partial match.</summary>
internal sealed class AggregateNode : SubnetNode
{
    private readonly AggregateStrategy _strategy;

    public AggregateNode(
        NodeInfo info,
        int slot,
        AggregateElement element,
        TupleLayout layout,
        AggregateStrategy strategy,
        TupleOutput inner,
        TupleOutput output)
        : base(info, slot, layout.Depth, inner, output)
    {
        _strategy = strategy;
        Element = element;
        Layout = layout;
        info.Slot = slot;
    }

    /// <summary>Element the node was made from, for finding out whether another rule can share it.</summary>
    public AggregateElement Element { get; }

    /// <summary>Layout of the partial matches at the left side.</summary>
    public TupleLayout Layout { get; }

    /// <summary>Makes the end of the nested network.</summary>
    /// <param name="info">What diagnostics show.</param>
    /// <param name="hops">Number of parents from a result to the copy of the partial match it started from.</param>
    /// <returns>The adapter to attach.</returns>
    public TupleSink NewAdapter(NodeInfo info, int hops) => new AdapterSink(info, this, hops);

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        memory.IsCollecting = true;
        var context = session.Aggregations.Rent();
        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        try
        {
            AssertInner(session, tuples);
            ReadOnlySpan<Tuple> added = memory.Added.Span;
            foreach (var tuple in tuples)
            {
                var left = Unsafe.As<SubnetTuple>(tuple);
                Start(session, context, left, TakeRun(left, ref added));
            }
        }
        finally
        {
            memory.ClearCollected();
        }

        context.Propagate(session, Info, Output);
        session.Aggregations.Return(context);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        var memory = Memory(session);
        memory.UpdateRound++;
        memory.IsUpdatingLeft = true;
        try
        {
            // What the nested network withdraws, adds and changes reaches the results at once.
            UpdateInner(session, tuples);
        }
        finally
        {
            memory.IsUpdatingLeft = false;
        }

        var context = session.Aggregations.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<SubnetTuple>(tuple);
            if (left.State is null)
            {
                Start(session, context, left, []);
            }
            else if (left.State is FailedElements)
            {
                Restart(session, context, left);
            }
            else if (left.ResultCount != memory.UpdateRound)
            {
                for (var child = left.FirstChild; child is not null; child = child.NextSibling)
                {
                    context.Modified(Unsafe.As<AggregateResult>(child.Fact!));
                }

                context.Complete(session, Output, left);
            }
        }

        context.Propagate(session, Info, Output);
        session.Aggregations.Return(context);
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        RetractInner(session, tuples);
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        var removed = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<SubnetTuple>(tuple);
            for (var child = left.FirstChild; child is not null;)
            {
                var next = child.NextSibling;
                LeftTuple.Unlink(child);
                removed.Add(child);
                child = next;
            }

            left.State = null;
        }

        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Retract(session, removed.Span);
        session.Tuples.Return(removed);
    }

    private void Start(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        left.State = _strategy.Start(session, context, left);
        if (elements.Length > 0 || _strategy.NeedsEmptyAdd)
        {
            Apply(session, context, left, AggregateChange.Added, elements);
        }

        context.Complete(session, Output, left);
    }

    private void Restart(Session session, AggregateContext context, SubnetTuple left) =>
        Start(session, context, left, ((FailedElements)left.State!).Elements);

    private void Apply(
        Session session, AggregateContext context, SubnetTuple left, AggregateChange change, ReadOnlySpan<Tuple> elements)
    {
        if (left.State is FailedElements failed)
        {
            failed.Apply(change, elements);
            return;
        }

        switch (change)
        {
            case AggregateChange.Added:
                _strategy.Add(session, context, left, elements);
                break;
            case AggregateChange.Modified:
                _strategy.Modify(session, context, left, elements);
                break;
            default:
                _strategy.Remove(session, context, left, elements);
                break;
        }

        if (context.HasFailed)
        {
            GiveUp(context, left, change, elements);
        }
    }

    private void GiveUp(AggregateContext context, SubnetTuple left, AggregateChange change, ReadOnlySpan<Tuple> elements)
    {
        var failed = new FailedElements(_strategy.Elements(left.State!));
        failed.Apply(change, elements);
        foreach (var tuple in failed.Elements)
        {
            var element = (ElementTuple)tuple;
            element.State = null;
            element.PreviousElement = null;
            element.NextElement = null;
        }

        context.HasFailed = false;
        context.Drop(left);
        left.State = failed;
    }

    /// <summary>Takes the elements of a partial match from the front; the nested network delivers them in the order of the partial matches.</summary>
    private static ReadOnlySpan<Tuple> TakeRun(SubnetTuple left, ref ReadOnlySpan<Tuple> elements)
    {
        var length = 0;
        while (length < elements.Length && Unsafe.As<ElementTuple>(elements[length]).Owner == left)
        {
            length++;
        }

        var run = elements[..length];
        elements = elements[length..];
        return run;
    }

    private sealed class AdapterSink(NodeInfo info, AggregateNode node, int hops) : TupleSink(info)
    {
        public override Tuple NewTuple(Session session) => node._strategy.NewElement();

        public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
        {
            foreach (var tuple in tuples)
            {
                Unsafe.As<ElementTuple>(tuple).Owner = node.OwnerOf(session, tuple, hops)!;
            }

            Pass(session, tuples, AggregateChange.Added);
        }

        public override void Update(Session session, ReadOnlySpan<Tuple> tuples) =>
            Pass(session, tuples, AggregateChange.Modified);

        public override void Retract(Session session, ReadOnlySpan<Tuple> tuples) =>
            Pass(session, tuples, AggregateChange.Removed);

        private void Pass(Session session, ReadOnlySpan<Tuple> tuples, AggregateChange change)
        {
            var memory = node.Memory(session);
            if (memory.IsCollecting)
            {
                foreach (var tuple in tuples)
                {
                    if (!Unsafe.As<ElementTuple>(tuple).Owner.IsLeaving)
                    {
                        memory.Added.Add(tuple);
                    }
                }

                return;
            }

            var context = session.Aggregations.Rent();
            while (tuples.Length > 0)
            {
                var left = Unsafe.As<ElementTuple>(tuples[0]).Owner;
                var run = TakeRun(left, ref tuples);
                if (left.State is null && memory.IsUpdatingLeft && change == AggregateChange.Added)
                {
                    // The node threw when the partial match came: it starts now.
                    left.ResultCount = memory.UpdateRound;
                    node.Start(session, context, left, run);
                }
                else if (left is { IsLeaving: false, State: not null })
                {
                    if (memory.IsUpdatingLeft && change != AggregateChange.Removed)
                    {
                        left.ResultCount = memory.UpdateRound;
                    }

                    var hadFailed = left.State is FailedElements;
                    node.Apply(session, context, left, change, run);
                    if (hadFailed)
                    {
                        node.Restart(session, context, left);
                    }

                    context.Complete(session, node.Output, left);
                }
            }

            context.Propagate(session, node.Info, node.Output);
            session.Aggregations.Return(context);
        }
    }
}
