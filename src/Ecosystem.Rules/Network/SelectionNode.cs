using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Passes partial matches that satisfy conditions. What passes is a copy, not a child: a selection adds no fact.</summary>
internal sealed class SelectionNode(NodeInfo info, TupleExpression<bool>[] conditions, TupleOutput output) : TupleSink(info)
{
    public TupleOutput Output { get; } = output;

    public IReadOnlyList<TupleExpression<bool>> Conditions => conditions;

    public override Tuple NewTuple(Session session) => new SelectionTuple();

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var passed = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (Passes(session, tuple))
            {
                passed.Add(Copy(session, Unsafe.As<SelectionTuple>(tuple)));
            }
        }

        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        session.Count(Info, MetricKind.InsertOutput, passed.Count);
        Output.Assert(session, passed.Span);
        session.Tuples.Return(passed);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var updated = session.Tuples.Rent();
        var created = session.Tuples.Rent();
        var removed = session.Tuples.Rent();
        foreach (var item in tuples)
        {
            var tuple = Unsafe.As<SelectionTuple>(item);
            if (Passes(session, tuple))
            {
                if (tuple.Passed is { } passed)
                {
                    updated.Add(passed);
                }
                else
                {
                    created.Add(Copy(session, tuple));
                }
            }
            else if (tuple.Passed is { } passed)
            {
                removed.Add(passed);
                tuple.Passed = null;
            }
        }

        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        session.Count(Info, MetricKind.UpdateOutput, updated.Count);
        session.Count(Info, MetricKind.InsertOutput, created.Count);
        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Retract(session, removed.Span);
        Output.Assert(session, created.Span);
        Output.Update(session, updated.Span);
        session.Tuples.Return(updated);
        session.Tuples.Return(created);
        session.Tuples.Return(removed);
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var removed = session.Tuples.Rent();
        foreach (var item in tuples)
        {
            var tuple = Unsafe.As<SelectionTuple>(item);
            if (tuple.Passed is { } passed)
            {
                removed.Add(passed);
                tuple.Passed = null;
            }
        }

        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Retract(session, removed.Span);
        session.Tuples.Return(removed);
    }

    public override void Rebucket(Session session, Tuple tuple)
    {
        if (Unsafe.As<SelectionTuple>(tuple).Passed is { } passed)
        {
            Output.Rebucket(session, passed);
        }
    }

    private bool Passes(Session session, Tuple tuple)
    {
        foreach (var condition in conditions)
        {
            if (!condition.TryEvaluate(session, tuple, out var result) || !result)
            {
                return false;
            }
        }

        return true;
    }

    private Tuple Copy(Session session, SelectionTuple tuple)
    {
        tuple.Passed = Output.Create(session, null, tuple.Fact, null);
        for (var copy = tuple.Passed; copy is not null; copy = copy.Peer)
        {
            copy.Parent = tuple.Parent;
        }

        return tuple.Passed;
    }
}
