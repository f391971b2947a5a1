using System.Runtime.InteropServices;

namespace Ecosystem.Rules.Network;

/// <summary>Memory of a join that is indexed by a key. What has no key, because its calculation threw, is kept apart and compared with everything.</summary>
internal sealed class JoinMemory<TKey>(JoinIndex<TKey> index) : JoinMemory
{
    private readonly Dictionary<KeyBox<TKey>, Bucket<TKey>> _buckets = new(index.Comparer);
    private readonly Bucket _unindexed = new();

    public override bool HasUnindexed => !_unindexed.IsEmpty;

    public override IEnumerable<Bucket> Buckets => _buckets.Values.Append(_unindexed);

    protected override Bucket BucketOf(Session session, LeftTuple tuple)
    {
        try
        {
            return BucketOf(index.LeftKey(tuple));
        }
        catch (Exception)
        {
            return _unindexed;
        }
    }

    protected override Bucket BucketOf(Session session, RightEntry entry)
    {
        try
        {
            return BucketOf(index.RightKey(entry.Fact!.Value!));
        }
        catch (Exception)
        {
            return _unindexed;
        }
    }

    protected override void Release(Bucket bucket)
    {
        if (bucket.IsEmpty && bucket is Bucket<TKey> keyed)
        {
            _buckets.Remove(new KeyBox<TKey>(keyed.Key));
        }
    }

    private Bucket<TKey> BucketOf(TKey key)
    {
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, new KeyBox<TKey>(key), out _);
        return bucket ??= new Bucket<TKey>(key);
    }
}
