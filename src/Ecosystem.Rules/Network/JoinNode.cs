using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Joins partial matches with facts.</summary>
internal sealed class JoinNode(
    NodeInfo info, int slot, BetaCondition[] conditions, BetaCondition[] residual, JoinIndex? index, TupleOutput output)
    : BetaNode(info, slot, conditions, residual, index, output)
{
    public override Tuple NewTuple(Session session) => new LeftTuple();

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        foreach (var tuple in tuples)
        {
            memory.Add(session, Unsafe.As<LeftTuple>(tuple));
        }

        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        if (memory.RightCount == 0)
        {
            return;
        }

        var created = session.Tuples.Rent();
        try
        {
            var all = NeedsAllPairs(session, memory) ? AllRights(memory) : null;
            foreach (var tuple in tuples)
            {
                var left = Unsafe.As<LeftTuple>(tuple);
                if (all is not null)
                {
                    foreach (var right in all)
                    {
                        if (IsMatchUnindexed(session, left, right))
                        {
                            created.Add(Output.Create(session, left, right.Fact, right));
                        }
                    }
                }
                else
                {
                    for (var right = left.Bucket.FirstRight; right is not null; right = right.NextInBucket)
                    {
                        if (IsMatch(session, left, right))
                        {
                            created.Add(Output.Create(session, left, right.Fact, right));
                        }
                    }
                }
            }
        }
        catch (Exception)
        {
            Undo(created);
            throw;
        }

        session.Count(Info, MetricKind.InsertOutput, created.Count);
        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        var changes = session.JoinChanges.Rent();
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<LeftTuple>(tuple);
            var moved = true;
            if (left.Bucket is null)
            {
                memory.Add(session, left);
            }
            else
            {
                moved = HasMoved(session, memory, left);
            }

            changes.StartSegment();
            if (!moved && IsFullyIndexed && !session.IsRebucketed && !NeedsAllPairs(session, memory))
            {
                for (var child = left.FirstChild; child is not null; child = child.NextSibling)
                {
                    changes.Matches(left, child.Right!, child);
                }
            }
            else
            {
                Compare(session, memory, left, changes);
            }

            changes.SortSegment();
        }

        Finish(session, changes);
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var memory = Memory(session);
        var changes = session.JoinChanges.Rent();
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<LeftTuple>(tuple);
            if (left.Bucket is null)
            {
                continue;
            }

            changes.StartSegment();
            for (var child = left.FirstChild; child is not null; child = child.NextSibling)
            {
                changes.Retract(left, child.Right!, child);
            }

            changes.SortSegment();
            memory.Remove(left);
        }

        Finish(session, changes);
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

        var created = session.Tuples.Rent();
        if (NeedsAllPairs(session, memory))
        {
            JoinAllPairs(session, memory, entries, created);
        }
        else
        {
            JoinBuckets(session, entries, created);
        }

        session.Count(Info, MetricKind.InsertOutput, created.Count);
        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void UpdateRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var changes = session.JoinChanges.Rent();
        foreach (var entry in entries)
        {
            entry.HasMoved = HasMoved(session, memory, entry);
        }

        if (NeedsAllPairs(session, memory))
        {
            CompareAllPairs(session, memory, entries, changes);
        }
        else
        {
            foreach (var entry in entries)
            {
                if (!entry.HasMoved && IsFullyIndexed && !session.IsRebucketed)
                {
                    for (var child = entry.FirstChild; child is not null; child = child.NextOfRight)
                    {
                        changes.Matches(child.Parent!, entry, child);
                    }
                }
                else
                {
                    Compare(session, entry, changes);
                }
            }
        }

        changes.Sort();
        Finish(session, changes);
    }

    public override void RetractRight(Session session, ReadOnlySpan<RightEntry> entries)
    {
        var memory = Memory(session);
        var changes = session.JoinChanges.Rent();
        foreach (var entry in entries)
        {
            for (var child = entry.FirstChild; child is not null; child = child.NextOfRight)
            {
                changes.Retract(child.Parent!, entry, child);
            }

            memory.Remove(entry);
        }

        changes.Sort();
        Finish(session, changes);
    }

    private static void Undo(Buffer<Tuple> created)
    {
        foreach (var child in created.Span)
        {
            LeftTuple.Unlink(child);
        }
    }

    private void Finish(Session session, JoinChanges changes)
    {
        session.Count(Info, MetricKind.UpdateOutput, changes.Updated);
        session.Count(Info, MetricKind.InsertOutput, changes.Asserted);
        session.Count(Info, MetricKind.RetractOutput, changes.Retracted);
        changes.Propagate(session, Output);
        session.JoinChanges.Return(changes);
    }

    private void JoinAllPairs(Session session, JoinMemory memory, ReadOnlySpan<RightEntry> entries, Buffer<Tuple> created)
    {
        try
        {
            foreach (var left in AllLefts(memory))
            {
                foreach (var entry in entries)
                {
                    if (IsMatchUnindexed(session, left, entry))
                    {
                        created.Add(Output.Create(session, left, entry.Fact, entry));
                    }
                }
            }
        }
        catch (Exception)
        {
            Undo(created);
            throw;
        }
    }

    /// <summary>Joins fact by fact, because that is what the index is for, and then puts the results in the order of the partial matches.</summary>
    private void JoinBuckets(Session session, ReadOnlySpan<RightEntry> entries, Buffer<Tuple> created)
    {
        var touched = session.Tuples.Rent();
        try
        {
            var sorted = true;
            var last = 0u;
            foreach (var entry in entries)
            {
                for (var left = entry.Bucket.FirstLeft; left is not null; left = left.NextInBucket)
                {
                    if (!IsMatch(session, left, entry))
                    {
                        continue;
                    }

                    var child = Output.Create(session, left, entry.Fact, entry);
                    if (left.Mark is null)
                    {
                        left.Mark = child;
                        touched.Add(left);
                        sorted &= left.Sequence > last;
                        last = left.Sequence;
                    }
                }
            }

            if (!sorted)
            {
                touched.Span.Sort(static (a, b) => Unsafe.As<LeftTuple>(a).Sequence.CompareTo(Unsafe.As<LeftTuple>(b).Sequence));
            }
        }
        catch (Exception)
        {
            Collect(touched, created);
            Undo(created);
            throw;
        }

        Collect(touched, created);
        session.Tuples.Return(touched);
    }

    /// <summary>The new children of a tuple are the last ones, from its mark on.</summary>
    private static void Collect(Buffer<Tuple> touched, Buffer<Tuple> created)
    {
        foreach (var tuple in touched.Span)
        {
            var left = Unsafe.As<LeftTuple>(tuple);
            for (var child = left.Mark; child is not null; child = child.NextSibling)
            {
                created.Add(child);
            }

            left.Mark = null;
        }
    }

    private void Compare(Session session, JoinMemory memory, LeftTuple left, JoinChanges changes)
    {
        for (var child = left.FirstChild; child is not null; child = child.NextSibling)
        {
            child.Right!.Mark = child;
        }

        try
        {
            if (NeedsAllPairs(session, memory))
            {
                foreach (var right in AllRights(memory))
                {
                    if (IsMatchUnindexed(session, left, right))
                    {
                        Matched(left, right, changes);
                    }
                }
            }
            else
            {
                for (var right = left.Bucket.FirstRight; right is not null; right = right.NextInBucket)
                {
                    if (IsMatch(session, left, right))
                    {
                        Matched(left, right, changes);
                    }
                }
            }
        }
        finally
        {
            for (var child = left.FirstChild; child is not null; child = child.NextSibling)
            {
                if (child.Right!.Mark is not null)
                {
                    child.Right.Mark = null;
                    changes.Retract(left, child.Right, child);
                }
            }
        }

        static void Matched(LeftTuple left, RightEntry right, JoinChanges changes)
        {
            changes.Matches(left, right, right.Mark);
            right.Mark = null;
        }
    }

    private void Compare(Session session, RightEntry entry, JoinChanges changes)
    {
        Mark(entry);
        try
        {
            for (var left = entry.Bucket.FirstLeft; left is not null; left = left.NextInBucket)
            {
                if (IsMatch(session, left, entry))
                {
                    Matched(left, entry, changes);
                }
            }
        }
        finally
        {
            RetractMarked(entry, changes);
        }
    }

    private void CompareAllPairs(Session session, JoinMemory memory, ReadOnlySpan<RightEntry> entries, JoinChanges changes)
    {
        var pairs = MatchingPairs(session, memory, entries).ToLookup(p => p.Right);
        foreach (var entry in entries)
        {
            Mark(entry);
            foreach (var pair in pairs[entry])
            {
                Matched(pair.Left, entry, changes);
            }

            RetractMarked(entry, changes);
        }
    }

    /// <summary>Lets each partial match of a fact know the tuple that was made from both.</summary>
    private static void Mark(RightEntry entry)
    {
        for (var child = entry.FirstChild; child is not null; child = child.NextOfRight)
        {
            child.Parent!.Mark = child;
        }
    }

    private static void Matched(LeftTuple left, RightEntry entry, JoinChanges changes)
    {
        changes.Matches(left, entry, left.Mark);
        left.Mark = null;
    }

    private static void RetractMarked(RightEntry entry, JoinChanges changes)
    {
        for (var child = entry.FirstChild; child is not null; child = child.NextOfRight)
        {
            if (child.Parent!.Mark is not null)
            {
                child.Parent.Mark = null;
                changes.Retract(child.Parent, entry, child);
            }
        }
    }
}
