using System.Collections;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Elements sorted by keys; of equal keys, the one that came first is first.</summary>
internal sealed class SortedElementList<T> : AggregateResult, IReadOnlyList<T>
{
    private readonly List<(object?[] Keys, ElementTuple<T> Element)> _elements = [];
    private readonly IComparer<object?[]> _comparer;

    public SortedElementList(IComparer<object?[]> comparer)
    {
        _comparer = comparer;
        Value = this;
    }

    public int Count => _elements.Count;

    public IEnumerable<ElementTuple> Elements => _elements.Select(e => e.Element);

    protected override IEnumerable<IFact> SourceFacts => _elements.Select(e => e.Element.Fact!);

    public T this[int index] => _elements[index].Element.Element;

    public void Insert(ElementTuple<T> element, object?[] keys)
    {
        element.State = keys;
        _elements.Insert(UpperBound(keys), (keys, element));
    }

    public void Detach(ElementTuple<T> element)
    {
        if (element.State is object?[] keys)
        {
            var index = UpperBound(keys) - 1;
            while (_elements[index].Element != element)
            {
                index--;
            }

            _elements.RemoveAt(index);
            element.State = null;
        }
    }

    public IEnumerator<T> GetEnumerator() => _elements.Select(e => e.Element.Element).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int UpperBound(object?[] keys)
    {
        var low = 0;
        var high = _elements.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_comparer.Compare(_elements[middle].Keys, keys) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
