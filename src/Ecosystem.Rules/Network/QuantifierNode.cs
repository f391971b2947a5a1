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
        var lost = session.Tuples.Rent();
        var found = session.Tuples.Rent();
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            var isLost = false;
            if (left.Bucket is null)
            {
                memory.Add(session, left);
                FindBlocker(session, memory, left);
            }
            else
            {
                var moved = HasMoved(session, memory, left);
                if (left.Blocker is null || moved || !IsFullyIndexed || session.IsRebucketed || NeedsAllPairs(session, memory))
                {
                    // With another key, a partial match loses what matched it before it finds what matches it now.
                    isLost = !FindBlocker(session, memory, left) && moved;
                }
            }

            if (left.Blocker is null || isLost)
            {
                lost.Add(left);
            }

            if (left.Blocker is not null)
            {
                found.Add(left);
            }
        }

        Flip(session, lost.Span, false);
        Flip(session, found.Span, true);
        found.Clear();
        foreach (var tuple in tuples)
        {
            if (Unsafe.As<QuantifierTuple>(tuple).FirstChild is { } child)
            {
                found.Add(child);
            }
        }

        session.Count(Info, MetricKind.UpdateOutput, found.Count);
        Output.Update(session, found.Span);
        session.Tuples.Return(lost);
        session.Tuples.Return(found);
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

        var found = session.Tuples.Rent();
        Block(session, entries, NeedsAllPairs(session, memory) ? MatchingPairs(session, memory, entries) : null, found);
        FlipInOrder(session, found, true);
        session.Tuples.Return(found);
    }

    public override void UpdateRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var lost = session.Tuples.Rent();
        var found = session.Tuples.Rent();
        var needsAllPairs = false;
        foreach (var entry in entries)
        {
            entry.HasMoved = HasMoved(session, memory, entry);
            needsAllPairs |= NeedsAllPairs(session, memory);
        }

        try
        {
            var pairs = needsAllPairs ? MatchingPairs(session, memory, entries) : null;
            var stillMatch = pairs?.ToHashSet();
            foreach (var entry in entries)
            {
                if (entry.HasMoved || !IsFullyIndexed || session.IsRebucketed || needsAllPairs)
                {
                    Unblock(session, entry, stillMatch, lost);
                }
            }

            // First what has ceased to match, then what has begun to: a partial match that one fact leaves and another comes to is withdrawn and made anew.
            FindOthers(memory, lost);
            FlipInOrder(session, lost, false);
            Block(session, entries, pairs, found);
            FlipInOrder(session, found, true);
        }
        finally
        {
            foreach (var entry in entries)
            {
                entry.HasMoved = false;
            }
        }

        session.Tuples.Return(lost);
        session.Tuples.Return(found);
    }

    public override void RetractRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var lost = session.Tuples.Rent();
        foreach (var entry in entries)
        {
            memory.Remove(entry);
        }

        foreach (var entry in entries)
        {
            while (entry.FirstBlocked is { } left)
            {
                left.Unblock();
                lost.Add(left);
            }
        }

        FindOthers(memory, lost);
        FlipInOrder(session, lost, false);
        session.Tuples.Return(lost);
    }

    private bool Passes(QuantifierTuple left) => (left.Blocker is not null) == Exists;

    /// <summary>Finds a fact that matches, by preference one that did before the update that is under way.</summary>
    /// <returns>False if one that matches has taken the place of those that did before.</returns>
    private bool FindBlocker(Session session, JoinMemory memory, QuantifierTuple left)
    {
        var before = left.Blocker;
        left.Unblock();
        if (NeedsAllPairs(session, memory))
        {
            // When somebody watches, each pair is evaluated, as if there were no short cut.
            foreach (var right in AllRights(memory).FindAll(r => IsMatchUnindexed(session, left, r)))
            {
                if (left.Blocker is null || right == before || CameAlong(session, left, right))
                {
                    left.Unblock();
                    left.Block(right);
                }
            }
        }
        else if (before is not null && before.Bucket == left.Bucket && IsMatch(session, left, before))
        {
            left.Block(before);
        }
        else
        {
            for (var right = left.Bucket.FirstRight; right is not null; right = right.NextInBucket)
            {
                if (right == before || (left.Blocker is not null && !CameAlong(session, left, right)) || !IsMatch(session, left, right))
                {
                    continue;
                }

                left.Unblock();
                left.Block(right);
                if (before is null || CameAlong(session, left, right) || left.MovedIn != session.UpdateNumber)
                {
                    break;
                }
            }
        }

        return before is null || left.Blocker is null || left.Blocker == before || CameAlong(session, left, left.Blocker);
    }

    /// <summary>Tells whether a fact has taken the same new key as a partial match, from the same key, so that they matched before.</summary>
    private static bool CameAlong(Session session, QuantifierTuple left, RightEntry right) =>
        left.MovedIn == session.UpdateNumber && right.MovedIn == session.UpdateNumber && right.MovedFrom == left.MovedFrom;

    /// <summary>Takes a fact away from the partial matches it does not match any more.</summary>
    private void Unblock(Session session, RightEntry entry, HashSet<JoinPair>? stillMatch, Buffer<Tuple> lost)
    {
        for (var left = entry.FirstBlocked; left is not null;)
        {
            var next = left.NextBlocked;
            var matches = stillMatch?.Contains(new JoinPair(left, entry, null)) ?? (left.Bucket == entry.Bucket && IsMatch(session, left, entry));
            if (!matches)
            {
                left.Unblock();
                lost.Add(left);
            }

            left = next;
        }
    }

    /// <summary>
    /// Blocks partial matches that have lost their fact with another one that matched before, and keeps those for which there is none. These pairs
    /// have been evaluated before, so nothing is told about it.
    /// </summary>
    private void FindOthers(JoinMemory memory, Buffer<Tuple> lost)
    {
        var kept = 0;
        foreach (var tuple in lost.Span)
        {
            var left = Unsafe.As<QuantifierTuple>(tuple);
            if (memory.HasUnindexed)
            {
                if (AllRights(memory).Find(r => !r.HasMoved && WasMatch(left, r, true)) is { } other)
                {
                    left.Block(other);
                }
            }
            else
            {
                for (var right = left.Bucket.FirstRight; right is not null; right = right.NextInBucket)
                {
                    if (!right.HasMoved && WasMatch(left, right, false))
                    {
                        left.Block(right);
                        break;
                    }
                }
            }

            if (left.Blocker is null)
            {
                lost.Span[kept++] = left;
            }
        }

        lost.Shorten(kept);
    }

    /// <summary>Blocks partial matches that no fact blocks with the facts that now match them.</summary>
    private void Block(Session session, ReadOnlySpan<RightEntry> entries, List<JoinPair>? pairs, Buffer<Tuple> found)
    {
        foreach (var pair in pairs ?? [])
        {
            var left = Unsafe.As<QuantifierTuple>(pair.Left);
            if (left.Blocker is null)
            {
                left.Block(pair.Right);
                found.Add(left);
            }
        }

        if (pairs is not null)
        {
            return;
        }

        foreach (var entry in entries)
        {
            for (var candidate = entry.Bucket.FirstLeft; candidate is not null; candidate = candidate.NextInBucket)
            {
                var left = Unsafe.As<QuantifierTuple>(candidate);
                if (left.Blocker is null && IsMatch(session, left, entry))
                {
                    left.Block(entry);
                    found.Add(left);
                }
            }
        }
    }

    private void FlipInOrder(Session session, Buffer<Tuple> tuples, bool blocked)
    {
        if (tuples.Count > 1)
        {
            tuples.Span.Sort(static (a, b) => Unsafe.As<LeftTuple>(a).Sequence.CompareTo(Unsafe.As<LeftTuple>(b).Sequence));
        }

        Flip(session, tuples.Span, blocked);
    }

    /// <summary>Makes or removes the results of partial matches that have become blocked or unblocked.</summary>
    private void Flip(Session session, ReadOnlySpan<Tuple> tuples, bool blocked)
    {
        if (tuples.Length == 0)
        {
            return;
        }

        var flipped = session.Tuples.Rent();
        if (blocked == Exists)
        {
            foreach (var tuple in tuples)
            {
                var left = Unsafe.As<LeftTuple>(tuple);
                if (left.FirstChild is null)
                {
                    flipped.Add(Output.Create(session, left, null, null));
                }
            }

            session.Count(Info, MetricKind.InsertOutput, flipped.Count);
            Output.Assert(session, flipped.Span);
        }
        else
        {
            foreach (var tuple in tuples)
            {
                if (Unsafe.As<LeftTuple>(tuple).FirstChild is { } child)
                {
                    LeftTuple.Unlink(child);
                    flipped.Add(child);
                }
            }

            session.Count(Info, MetricKind.RetractOutput, flipped.Count);
            Output.Retract(session, flipped.Span);
        }

        session.Tuples.Return(flipped);
    }
}
