namespace Ecosystem.Rules.Network;

/// <summary>Lets a dictionary have null as a key without allocating.</summary>
internal readonly struct KeyBox<TKey>(TKey key) : IEquatable<KeyBox<TKey>>
{
    public readonly TKey Key = key;

    public bool Equals(KeyBox<TKey> other) => EqualityComparer<TKey>.Default.Equals(Key, other.Key);

    public override bool Equals(object? obj) => obj is KeyBox<TKey> other && Equals(other);

    public override int GetHashCode() => Key is null ? 0 : EqualityComparer<TKey>.Default.GetHashCode(Key);
}
