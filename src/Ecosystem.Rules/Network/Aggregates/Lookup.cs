using System.Collections;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Elements arranged by key: what a rule sees as a lookup.</summary>
internal sealed class Lookup<TKey, TElement> : AggregateResult, IKeyedLookup<TKey, TElement>
{
    private readonly OrderedDictionary<KeyBox<TKey>, Group<TKey, TElement>> _groups = [];

    public Lookup()
    {
        Value = this;
    }

    public int Count => _groups.Count;

    public IEnumerable<TKey> Keys => _groups.Keys.Select(k => k.Key);

    public IEnumerable<ElementTuple> Elements => _groups.Values.SelectMany(g => g.Elements);

    protected override IEnumerable<IFact> SourceFacts => _groups.Values.SelectMany(g => ((IFactSource)g).Facts);

    public IEnumerable<TElement> this[TKey key] => _groups.TryGetValue(new KeyBox<TKey>(key), out var group) ? group : [];

    public bool Contains(TKey key) => _groups.ContainsKey(new KeyBox<TKey>(key));

    public void Append(TKey key, ElementTuple<TElement> element)
    {
        if (!_groups.TryGetValue(new KeyBox<TKey>(key), out var group))
        {
            group = new Group<TKey, TElement>(key);
            _groups.Add(new KeyBox<TKey>(key), group);
        }

        group.Append(element);
    }

    public void Detach(ElementTuple<TElement> element)
    {
        if (element.State is Group<TKey, TElement> group)
        {
            group.Detach(element);
            if (group.Count == 0)
            {
                _groups.Remove(new KeyBox<TKey>(group.Key));
            }
        }
    }

    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => _groups.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
