using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>A node with partial matches at its left side and facts at its right side.</summary>
internal abstract class BetaNode : TupleSink
{
    private readonly BetaCondition[] _all;
    private readonly BetaCondition[] _residual;
    private readonly JoinIndex? _index;
    private readonly int _slot;

    /// <summary>Creates the node.</summary>
    /// <param name="info">What diagnostics show.</param>
    /// <param name="slot">Slot of the node's memory.</param>
    /// <param name="conditions">All conditions.</param>
    /// <param name="residual">Conditions that are not implied by being in the same bucket of the index.</param>
    /// <param name="index">Index, if there is one.</param>
    /// <param name="output">Where results go.</param>
    protected BetaNode(
        NodeInfo info, int slot, BetaCondition[] conditions, BetaCondition[] residual, JoinIndex? index, TupleOutput output)
        : base(info)
    {
        _all = conditions;
        _residual = residual;
        _index = index;
        _slot = slot;
        Output = output;
        Right = new RightInput(this);
        info.Slot = slot;
    }

    public RightInput Right { get; }

    public TupleOutput Output { get; }

    public IReadOnlyList<BetaCondition> Conditions => _all;

    /// <summary>Whether every pair in a bucket matches.</summary>
    protected bool IsFullyIndexed => _residual.Length == 0;

    public abstract void AssertRight(Session session, ReadOnlySpan<RightEntry> entries);

    public abstract void UpdateRight(Session session, ReadOnlySpan<RightEntry> entries);

    public abstract void RetractRight(Session session, ReadOnlySpan<RightEntry> entries);

    public sealed override void Rebucket(Session session, Tuple tuple)
    {
        var left = Unsafe.As<LeftTuple>(tuple);
        if (left.Bucket is not null)
        {
            HasMoved(session, Memory(session), left);
        }

        for (var child = left.FirstChild; child is not null; child = child.NextSibling)
        {
            Output.Rebucket(session, child);
        }
    }

    public void Rebucket(Session session, RightEntry entry)
    {
        HasMoved(session, Memory(session), entry);
        for (var child = entry.FirstChild; child is not null; child = child.NextOfRight)
        {
            Output.Rebucket(session, child);
        }
    }

    /// <summary>Moves a tuple to the bucket of its present key.</summary>
    /// <returns>Whether the update that is under way gave it another key.</returns>
    protected static bool HasMoved(Session session, JoinMemory memory, LeftTuple tuple)
    {
        memory.Move(session, tuple);
        return tuple.MovedIn == session.UpdateNumber;
    }

    /// <summary>Moves an entry to the bucket of its present key.</summary>
    /// <returns>Whether the update that is under way gave it another key.</returns>
    protected static bool HasMoved(Session session, JoinMemory memory, RightEntry entry)
    {
        memory.Move(session, entry);
        return entry.MovedIn == session.UpdateNumber;
    }

    protected JoinMemory Memory(Session session)
    {
        ref var memory = ref session.Memory(_slot);
        memory ??= _index?.CreateMemory() ?? new JoinMemory();
        return Unsafe.As<JoinMemory>(memory);
    }

    protected bool IsMatch(Session session, LeftTuple tuple, RightEntry entry)
    {
        foreach (var condition in _residual)
        {
            if (!condition.Evaluate(session, tuple, entry.Fact!))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether the index does not do: somebody wants to see each evaluation, or keys are missing.</summary>
    protected static bool NeedsAllPairs(Session session, JoinMemory memory) =>
        memory.HasUnindexed || session.EventAggregator.TracesConditions;

    /// <summary>Evaluates all conditions, for a pair that the index did not bring together.</summary>
    protected bool IsMatchUnindexed(Session session, LeftTuple tuple, RightEntry entry)
    {
        foreach (var condition in _all)
        {
            if (!condition.Evaluate(session, tuple, entry.Fact!))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether a pair matches whose facts have not changed since it was evaluated; one that threw then did not match.</summary>
    protected bool WasMatch(LeftTuple tuple, RightEntry entry, bool unindexed)
    {
        try
        {
            foreach (var condition in unindexed ? _all : _residual)
            {
                if (!condition.Test(tuple, entry.Fact!))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Evaluates each pair, when somebody watches or keys are missing.</summary>
    protected List<JoinPair> MatchingPairs(Session session, JoinMemory memory, ReadOnlySpan<RightEntry> entries)
    {
        var pairs = new List<JoinPair>();
        foreach (var left in AllLefts(memory))
        {
            foreach (var entry in entries)
            {
                if (IsMatchUnindexed(session, left, entry))
                {
                    pairs.Add(new JoinPair(left, entry, null));
                }
            }
        }

        return pairs;
    }

    protected static List<LeftTuple> AllLefts(JoinMemory memory)
    {
        var lefts = new List<LeftTuple>(memory.LeftCount);
        foreach (var bucket in memory.Buckets)
        {
            for (var left = bucket.FirstLeft; left is not null; left = left.NextInBucket)
            {
                lefts.Add(left);
            }
        }

        lefts.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        return lefts;
    }

    protected static List<RightEntry> AllRights(JoinMemory memory)
    {
        var rights = new List<RightEntry>(memory.RightCount);
        foreach (var bucket in memory.Buckets)
        {
            for (var right = bucket.FirstRight; right is not null; right = right.NextInBucket)
            {
                rights.Add(right);
            }
        }

        rights.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        return rights;
    }
}
