using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Calculates the keys of both sides of a join.</summary>
internal sealed class JoinIndex<TKey>(Func<Tuple, TKey> leftKey, Func<object, TKey> rightKey, bool byReference) : JoinIndex
{
    public Func<Tuple, TKey> LeftKey { get; } = leftKey;

    public Func<object, TKey> RightKey { get; } = rightKey;

    public IEqualityComparer<KeyBox<TKey>>? Comparer { get; } = byReference ? new ByReference() : null;

    public override JoinMemory CreateMemory() => new JoinMemory<TKey>(this);

    private sealed class ByReference : IEqualityComparer<KeyBox<TKey>>
    {
        public bool Equals(KeyBox<TKey> x, KeyBox<TKey> y) => ReferenceEquals(x.Key, y.Key);

        public int GetHashCode(KeyBox<TKey> obj) => RuntimeHelpers.GetHashCode(obj.Key);
    }
}
