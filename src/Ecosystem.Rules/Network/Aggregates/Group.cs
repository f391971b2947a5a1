namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Elements with the same key.</summary>
internal sealed class Group<TKey, TElement>(TKey key) : ElementList<TElement>, IGrouping<TKey, TElement>
{
    public TKey Key { get; } = key;
}
