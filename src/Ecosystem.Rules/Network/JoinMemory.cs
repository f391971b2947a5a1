namespace Ecosystem.Rules.Network;

/// <summary>What a join or quantifier holds in a session. This one has no index: everything is in one bucket.</summary>
internal class JoinMemory : NodeMemory
{
    private readonly Bucket _all = new();
    private uint _leftSequence;
    private uint _rightSequence;

    public int LeftCount { get; private set; }

    public int RightCount { get; private set; }

    public override int? ElementCount => LeftCount;

    public void Add(Session session, LeftTuple tuple)
    {
        tuple.Sequence = ++_leftSequence;
        BucketOf(session, tuple).Add(tuple);
        LeftCount++;
    }

    public void Add(Session session, RightEntry entry)
    {
        entry.Sequence = ++_rightSequence;
        BucketOf(session, entry).Add(entry);
        RightCount++;
    }

    public void Remove(LeftTuple tuple)
    {
        tuple.Bucket.Remove(tuple);
        Release(tuple.Bucket);
        LeftCount--;
    }

    public void Remove(RightEntry entry)
    {
        entry.Bucket.Remove(entry);
        Release(entry.Bucket);
        RightCount--;
    }

    /// <summary>Moves a tuple whose facts were updated to the bucket of its present key, and notes it if that is another one.</summary>
    public void Move(Session session, LeftTuple tuple)
    {
        var bucket = BucketOf(session, tuple);
        var old = tuple.Bucket;
        if (bucket == old)
        {
            return;
        }

        old.Remove(tuple);
        bucket.Add(tuple);
        Release(old);
        tuple.MovedFrom = old;
        tuple.MovedIn = session.UpdateNumber;
    }

    /// <summary>Moves an entry whose fact was updated to the bucket of its present key, and notes it if that is another one.</summary>
    public void Move(Session session, RightEntry entry)
    {
        var bucket = BucketOf(session, entry);
        var old = entry.Bucket;
        if (bucket == old)
        {
            return;
        }

        old.Remove(entry);
        bucket.Add(entry);
        Release(old);
        entry.MovedFrom = old;
        entry.MovedIn = session.UpdateNumber;
    }

    /// <summary>Tells whether tuples and entries outside of each other's buckets may match, because a key could not be calculated.</summary>
    public virtual bool HasUnindexed => false;

    public virtual IEnumerable<Bucket> Buckets => [_all];

    protected virtual Bucket BucketOf(Session session, LeftTuple tuple) => _all;

    protected virtual Bucket BucketOf(Session session, RightEntry entry) => _all;

    protected virtual void Release(Bucket bucket)
    {
    }
}
