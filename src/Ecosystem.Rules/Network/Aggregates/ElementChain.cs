namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>All elements of a partial match, for aggregations whose results do not keep them.</summary>
internal class ElementChain
{
    private ElementTuple? _first;
    private ElementTuple? _last;

    public IEnumerable<ElementTuple> Elements
    {
        get
        {
            for (var element = _first; element is not null; element = element.NextElement)
            {
                yield return element;
            }
        }
    }

    public void Append(ElementTuple element)
    {
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
    }

    public void Detach(ElementTuple element)
    {
        if (element.PreviousElement is null)
        {
            _first = element.NextElement;
        }
        else
        {
            element.PreviousElement.NextElement = element.NextElement;
        }

        if (element.NextElement is null)
        {
            _last = element.PreviousElement;
        }
        else
        {
            element.NextElement.PreviousElement = element.PreviousElement;
        }

        element.PreviousElement = null;
        element.NextElement = null;
    }
}
