using System.Collections;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Elements in the order in which they came: what a rule sees as a collection or a group.</summary>
internal class ElementList<T> : AggregateResult, ICollection<T>, IReadOnlyCollection<T>
{
    private ElementTuple<T>? _first;
    private ElementTuple<T>? _last;

    public ElementList()
    {
        Value = this;
    }

    public int Count { get; private set; }

    public bool IsReadOnly => true;

    public IEnumerable<ElementTuple> Elements
    {
        get
        {
            for (ElementTuple? element = _first; element is not null; element = element.NextElement)
            {
                yield return element;
            }
        }
    }

    protected override IEnumerable<IFact> SourceFacts => Elements.Select(e => e.Fact!);

    public void Append(ElementTuple<T> element)
    {
        element.State = this;
        element.PreviousElement = _last;
        if (_last is null)
        {
            _first = element;
        }
        else
        {
            _last.NextElement = element;
        }

        _last = element;
        Count++;
    }

    public void Detach(ElementTuple<T> element)
    {
        if (element.PreviousElement is null)
        {
            _first = (ElementTuple<T>?)element.NextElement;
        }
        else
        {
            element.PreviousElement.NextElement = element.NextElement;
        }

        if (element.NextElement is null)
        {
            _last = (ElementTuple<T>?)element.PreviousElement;
        }
        else
        {
            element.NextElement.PreviousElement = element.PreviousElement;
        }

        element.State = null;
        element.PreviousElement = null;
        element.NextElement = null;
        Count--;
    }

    public bool Contains(T item)
    {
        for (var element = _first; element is not null; element = (ElementTuple<T>?)element.NextElement)
        {
            if (EqualityComparer<T>.Default.Equals(element.Element, item))
            {
                return true;
            }
        }

        return false;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var item in this)
        {
            array[arrayIndex++] = item;
        }
    }

    public IEnumerator<T> GetEnumerator() => new Enumerator(_first);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<T>.Add(T item) => throw ReadOnly();

    void ICollection<T>.Clear() => throw ReadOnly();

    bool ICollection<T>.Remove(T item) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("A collection that a rule matched cannot be changed.");

    private sealed class Enumerator(ElementTuple<T>? next) : IEnumerator<T>
    {
        private readonly ElementTuple<T>? _first = next;
        private ElementTuple<T>? _next = next;

        public T Current { get; private set; } = default!;

        object? IEnumerator.Current => Current;

        public bool MoveNext()
        {
            var element = _next;
            if (element is null)
            {
                return false;
            }

            Current = element.Element;
            _next = System.Runtime.CompilerServices.Unsafe.As<ElementTuple<T>?>(element.NextElement);
            return true;
        }

        public void Reset() => _next = _first;

        public void Dispose()
        {
        }
    }
}
