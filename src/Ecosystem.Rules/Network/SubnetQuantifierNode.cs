using System.Runtime.CompilerServices;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>Passes partial matches for which a nested network has a result, or for which it has none.</summary>
internal sealed class SubnetQuantifierNode : SubnetNode
{
    private readonly bool _exists;

    public SubnetQuantifierNode(
        NodeInfo info, int slot, RuleElement element, TupleLayout layout, bool exists, TupleOutput inner, TupleOutput output)
        : base(info, slot, layout.Depth, inner, output)
    {
        _exists = exists;
        Element = element;
        Layout = layout;
        info.Slot = slot;
    }

    /// <summary>Whether something must exist; otherwise it must not.</summary>
    public bool Exists => _exists;

    /// <summary>Element the node was made from, for finding out whether another rule can share it.</summary>
    public RuleElement Element { get; }

    /// <summary>Layout of the partial matches at the left side.</summary>
    public TupleLayout Layout { get; }

    /// <summary>Makes the end of a nested network.</summary>
    /// <param name="info">What diagnostics show.</param>
    /// <param name="hops">Number of parents from a result to the copy of the partial match it started from.</param>
    /// <returns>The adapter to attach.</returns>
    public TupleSink NewAdapter(NodeInfo info, int hops) => new AdapterSink(info, this, hops);

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        AssertInner(session, tuples);
        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        var created = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<SubnetTuple>(tuple);
            left.State = this;
            if (Passes(left))
            {
                created.Add(Output.Create(session, left, null, null));
            }
        }

        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        // What the nested network withdraws and adds makes and removes results at once: one that is withdrawn and made anew is a new one.
        UpdateInner(session, tuples);
        Propagate(session, tuples);
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        var updated = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (Unsafe.As<SubnetTuple>(tuple).FirstChild is { } child)
            {
                updated.Add(child);
            }
        }

        Output.Update(session, updated.Span);
        session.Tuples.Return(updated);
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        RetractInner(session, tuples);
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        var removed = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (Unsafe.As<SubnetTuple>(tuple).FirstChild is { } child)
            {
                LeftTuple.Unlink(child);
                removed.Add(child);
            }
        }

        Output.Retract(session, removed.Span);
        session.Tuples.Return(removed);
    }

    private bool Passes(SubnetTuple left) => (left.ResultCount > 0) == _exists;

    private void Changed(Session session, ReadOnlySpan<Tuple> results, int hops, int change)
    {
        var changed = session.Tuples.Rent();
        foreach (var result in results)
        {
            if (OwnerOf(session, result, hops) is { IsLeaving: false } owner)
            {
                owner.ResultCount += change;
                if (owner.State is not null)
                {
                    changed.Add(owner);
                }
            }
        }

        Propagate(session, changed.Span);
        session.Tuples.Return(changed);
    }

    private void Propagate(Session session, ReadOnlySpan<Tuple> changed)
    {
        if (changed.Length == 0)
        {
            return;
        }

        var created = session.Tuples.Rent();
        var removed = session.Tuples.Rent();
        foreach (var tuple in changed)
        {
            var left = Unsafe.As<SubnetTuple>(tuple);
            if (Passes(left))
            {
                if (left.FirstChild is null)
                {
                    created.Add(Output.Create(session, left, null, null));
                }
            }
            else if (left.FirstChild is { } child)
            {
                LeftTuple.Unlink(child);
                removed.Add(child);
            }
        }

        session.Count(Info, MetricKind.InsertOutput, created.Count);
        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Assert(session, created.Span);
        Output.Retract(session, removed.Span);
        session.Tuples.Return(created);
        session.Tuples.Return(removed);
    }

    private sealed class AdapterSink(NodeInfo info, SubnetQuantifierNode node, int hops) : TupleSink(info)
    {
        public override Tuple NewTuple(Session session) => new();

        public override void Assert(Session session, ReadOnlySpan<Tuple> tuples) => node.Changed(session, tuples, hops, 1);

        public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
        {
            // Updates of what exists do not concern whether it exists.
        }

        public override void Retract(Session session, ReadOnlySpan<Tuple> tuples) => node.Changed(session, tuples, hops, -1);
    }
}
