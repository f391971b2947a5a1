using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Facts of a session: a hash table by identity that keeps the order of insertion.</summary>
internal sealed class WorkingMemory(IFactIdentityComparer comparer, bool isDefaultComparer)
{
    private int[] _buckets = [];
    private Fact?[] _facts = [];
    private int _used;
    private int _shift = 32;

    public int Count { get; private set; }

    public IEnumerable<Fact> Facts
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                if (_facts[i] is { } fact)
                {
                    yield return fact;
                }
            }
        }
    }

    public void EnsureCapacity(int additional)
    {
        if (_used + additional > _facts.Length)
        {
            // Holes are closed at the same time; the slack keeps that from happening too often.
            Resize(Count + additional + (Count / 2));
        }
    }

    public Fact? Find(object value)
    {
        if (_buckets.Length == 0)
        {
            return null;
        }

        var hash = Hash(value);
        for (var i = _buckets[Slot(hash)]; i > 0;)
        {
            var fact = _facts[i - 1]!;
            if (fact.Hash == hash && AreSame(fact.Value!, value))
            {
                return fact;
            }

            i = fact.Next;
        }

        return null;
    }

    /// <summary>Adds a value as a fact, unless it is there.</summary>
    /// <returns>The new fact, or null.</returns>
    public Fact? TryAdd(object value)
    {
        EnsureCapacity(1);
        var hash = Hash(value);
        ref var bucket = ref _buckets[Slot(hash)];
        for (var i = bucket; i > 0;)
        {
            var existing = _facts[i - 1]!;
            if (existing.Hash == hash && AreSame(existing.Value!, value))
            {
                return null;
            }

            i = existing.Next;
        }

        var fact = new Fact { Value = value, Hash = hash, Next = bucket, Index = _used };
        _facts[_used++] = fact;
        bucket = _used;
        Count++;
        return fact;
    }

    /// <summary>Gives a fact another value, which may have another identity.</summary>
    /// <returns>False if another fact has that identity; nothing is changed then.</returns>
    public bool TryReplace(Fact fact, object value)
    {
        if (Find(value) is { } other && other != fact)
        {
            return false;
        }

        Remove(fact);
        EnsureCapacity(1);
        fact.Value = value;
        fact.Hash = Hash(value);
        fact.Index = _used;
        ref var bucket = ref _buckets[Slot(fact.Hash)];
        fact.Next = bucket;
        _facts[_used++] = fact;
        bucket = _used;
        Count++;
        return true;
    }

    public void Remove(Fact fact)
    {
        ref var link = ref _buckets[Slot(fact.Hash)];
        while (link > 0)
        {
            var current = _facts[link - 1]!;
            if (current == fact)
            {
                link = fact.Next;
                _facts[fact.Index] = null;
                Count--;
                return;
            }

            link = ref current.Next;
        }
    }

    private int Hash(object value) => isDefaultComparer && value is not RuleModel.IIdentityProvider
        ? value.GetHashCode()
        : comparer.GetHashCode(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AreSame(object x, object y) => ReferenceEquals(x, y) || comparer.Equals(x, y);

    private int Slot(int hash) => (int)(((uint)hash * 2654435769u) >> _shift);

    private void Resize(int capacity)
    {
        var size = 16;
        var bits = 4;
        while (size < capacity)
        {
            size *= 2;
            bits++;
        }

        var facts = new Fact?[size];
        _buckets = new int[size];
        _shift = 32 - bits;
        var used = 0;
        foreach (var fact in Facts)
        {
            facts[used] = fact;
            fact.Index = used++;
            ref var bucket = ref _buckets[Slot(fact.Hash)];
            fact.Next = bucket;
            bucket = used;
        }

        _facts = facts;
        _used = used;
    }
}
