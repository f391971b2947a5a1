using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>
/// A node whose right side is a nested network. Each partial match is copied to the start of the nested network (<see cref="Inner"/>); what comes
/// out at its end enters an adapter and belongs to the partial match it started from.
/// </summary>
internal abstract class SubnetNode(NodeInfo info, int slot, int leftDepth, TupleOutput inner, TupleOutput output) : TupleSink(info)
{
    public TupleOutput Inner { get; } = inner;

    public TupleOutput Output { get; } = output;

    /// <summary>Whether the node stands at the beginning of a rule, so that everything belongs to the one empty match.</summary>
    protected bool IsRoot => leftDepth == 0;

    public override Tuple NewTuple(Session session) => new SubnetTuple();

    public override void Rebucket(Session session, Tuple tuple)
    {
        var left = Unsafe.As<SubnetTuple>(tuple);
        if (left.Inner is { } inner)
        {
            Inner.Rebucket(session, inner);
        }

        for (var child = left.FirstChild; child is not null; child = child.NextSibling)
        {
            Output.Rebucket(session, child);
        }
    }

    protected SubnetMemory Memory(Session session)
    {
        ref var memory = ref session.Memory(slot);
        memory ??= new SubnetMemory();
        return Unsafe.As<SubnetMemory>(memory);
    }

    protected SubnetTuple? OwnerOf(Session session, Tuple result, int hops) => IsRoot
        ? Memory(session).Root
        : Unsafe.As<LeftTuple>(result.Ancestor(hops)).Owner;

    protected void AssertInner(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        var inner = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<SubnetTuple>(tuple);
            memory.Count++;
            if (IsRoot)
            {
                memory.Root = left;
            }

            if (Inner.Sinks.Count > 0)
            {
                left.Inner = CopyInside(session, left);
                inner.Add(left.Inner);
            }
        }

        Inner.Assert(session, inner.Span);
        session.Tuples.Return(inner);
    }

    protected void UpdateInner(Session session, ReadOnlySpan<Tuple> tuples) =>
        PassInner(session, tuples, static (output, session, inner) => output.Update(session, inner));

    protected void RetractInner(Session session, ReadOnlySpan<Tuple> tuples)
    {
        foreach (var tuple in tuples)
        {
            Unsafe.As<SubnetTuple>(tuple).IsLeaving = true;
        }

        Memory(session).Count -= tuples.Length;
        PassInner(session, tuples, static (output, session, inner) => output.Retract(session, inner));
    }

    private delegate void Pass(TupleOutput output, Session session, ReadOnlySpan<Tuple> tuples);

    private void PassInner(Session session, ReadOnlySpan<Tuple> tuples, Pass pass)
    {
        var inner = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (Unsafe.As<SubnetTuple>(tuple).Inner is { } copy)
            {
                inner.Add(copy);
            }
        }

        pass(Inner, session, inner.Span);
        session.Tuples.Return(inner);
    }

    private LeftTuple CopyInside(Session session, SubnetTuple left)
    {
        var first = Unsafe.As<LeftTuple>(Inner.Create(session, null, left.Fact, null));
        for (var copy = first; copy is not null; copy = Unsafe.As<LeftTuple?>(copy.Peer))
        {
            copy.Parent = left.Parent;
            copy.Owner = left;
        }

        return first;
    }
}
