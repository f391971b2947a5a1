using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Passes partial matches for which a matching fact exists, or for which none does. Each partial match knows one matching fact, which blocks it.</summary>
internal sealed class QuantifierNode(
    NodeInfo info,
    int slot,
    bool exists,
    BetaCondition[] conditions,
    BetaCondition[] residual,
    JoinIndex? index,
    TupleOutput output)
    : BetaNode(info, slot, conditions, residual, index, output)
{
    /// <summary>Whether facts must exist; otherwise they must not.</summary>
    public bool Exists { get; } = exists;

    public override Tuple NewTuple(Session session) => new QuantifierTuple();

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        foreach (var tuple in tuples)
        {
            memory.Add(session, Unsafe.As<LeftTuple>(tuple));
        }

        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        var created = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            FindBlocker(session, memory, left);
            if (Passes(left))
            {
                created.Add(Output.Create(session, left, null, null));
            }
        }

        session.Count(Info, MetricKind.InsertOutput, created.Count);
        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        var updated = session.Tuples.Rent();
        var changed = session.Tuples.Rent();
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            if (left.Bucket is null)
            {
                memory.Add(session, left);
                FindBlocker(session, memory, left);
            }
            else
            {
                var moved = memory.Move(session, left);
                if (left.Blocker is null || moved || !IsFullyIndexed || NeedsAllPairs(session, memory))
                {
                    left.Unblock();
                    FindBlocker(session, memory, left);
                }
            }

            if (Passes(left) && left.FirstChild is not null)
            {
                updated.Add(left.FirstChild);
            }
            else
            {
                changed.Add(left);
            }
        }

        session.Count(Info, MetricKind.UpdateOutput, updated.Count);
        Output.Update(session, updated.Span);
        Propagate(session, changed);
        session.Tuples.Return(updated);
        session.Tuples.Return(changed);
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        var removed = session.Tuples.Rent();
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            if (left.Bucket is null)
            {
                continue;
            }

            left.Unblock();
            if (left.FirstChild is { } child)
            {
                LeftTuple.Unlink(child);
                removed.Add(child);
            }

            memory.Remove(left);
        }

        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Retract(session, removed.Span);
        session.Tuples.Return(removed);
    }

    public override void AssertRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        foreach (var entry in entries)
        {
            memory.Add(session, entry);
        }

        if (memory.LeftCount == 0)
        {
            return;
        }

        var changed = session.Tuples.Rent();
        foreach (var entry in entries)
        {
            BlockWith(session, memory, entry, changed);
        }

        Propagate(session, changed);
        session.Tuples.Return(changed);
    }

    public override void UpdateRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var lost = session.Tuples.Rent();
        var changed = session.Tuples.Rent();
        foreach (var entry in entries)
        {
            var moved = memory.Move(session, entry);
            if (moved || !IsFullyIndexed || NeedsAllPairs(session, memory))
            {
                while (entry.FirstBlocked is { } left)
                {
                    left.Unblock();
                    lost.Add(left);
                }
            }
        }

        foreach (var entry in entries)
        {
            BlockWith(session, memory, entry, changed);
        }

        foreach (var tuple in lost.Span)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            if (left.Blocker is null)
            {
                FindBlocker(session, memory, left);
            }

            changed.Add(left);
        }

        Propagate(session, changed);
        session.Tuples.Return(lost);
        session.Tuples.Return(changed);
    }

    public override void RetractRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var changed = session.Tuples.Rent();
        foreach (var entry in entries)
        {
            memory.Remove(entry);
        }

        foreach (var entry in entries)
        {
            while (entry.FirstBlocked is { } left)
            {
                left.Unblock();
                changed.Add(left);
            }
        }

        foreach (var tuple in changed.Span)
        {
            FindBlocker(session, memory, Unsafe.As<QuantifierTuple>(tuple));
        }

        Propagate(session, changed);
        session.Tuples.Return(changed);
    }

    private bool Passes(QuantifierTuple left) => (left.Blocker is not null) == Exists;

    private void FindBlocker(Session session, JoinMemory memory, QuantifierTuple left)
    {
        if (NeedsAllPairs(session, memory))
        {
            foreach (var right in AllRights(memory))
            {
                // When somebody watches, each pair is evaluated, as if there were no short cut.
                if (IsMatchUnindexed(session, left, right) && left.Blocker is null)
                {
                    left.Block(right);
                }
            }

            return;
        }

        for (var right = left.Bucket.FirstRight; right is not null; right = right.NextInBucket)
        {
            if (IsMatch(session, left, right))
            {
                left.Block(right);
                return;
            }
        }
    }

    private void BlockWith(Session session, JoinMemory memory, RightEntry entry, Buffer<Tuple> changed)
    {
        if (NeedsAllPairs(session, memory))
        {
            foreach (var candidate in AllLefts(memory))
            {
                var left = Unsafe.As<QuantifierTuple>(candidate);
                if (IsMatchUnindexed(session, left, entry) && left.Blocker is null)
                {
                    left.Block(entry);
                    changed.Add(left);
                }
            }

            return;
        }

        for (var candidate = entry.Bucket.FirstLeft; candidate is not null; candidate = candidate.NextInBucket)
        {
            var left = Unsafe.As<QuantifierTuple>(candidate);
            if (left.Blocker is null && IsMatch(session, left, entry))
            {
                left.Block(entry);
                changed.Add(left);
            }
        }
    }

    /// <summary>Makes or removes the results of partial matches that may have become blocked or unblocked.</summary>
    private void Propagate(Session session, Buffer<Tuple> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        if (changed.Count > 1)
        {
            changed.Span.Sort(static (a, b) => Unsafe.As<LeftTuple>(a).Sequence.CompareTo(Unsafe.As<LeftTuple>(b).Sequence));
        }

        var created = session.Tuples.Rent();
        var removed = session.Tuples.Rent();
        foreach (var tuple in changed.Span)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
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
}
