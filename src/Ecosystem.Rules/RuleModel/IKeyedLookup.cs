namespace Ecosystem.Rules.RuleModel;

/// <summary>Facts arranged by key, with the keys in sight.</summary>
/// <typeparam name="TKey">Type of keys.</typeparam>
/// <typeparam name="TElement">Type of elements.</typeparam>
public interface IKeyedLookup<TKey, TElement> : ILookup<TKey, TElement>
{
    /// <summary>Keys that have at least one element, in the order in which they appeared.</summary>
    IEnumerable<TKey> Keys { get; }
}
