namespace Ecosystem.Rules.Network;

/// <summary>Elements of a partial match whose aggregation failed. The aggregation starts anew with the next change that reaches it.</summary>
internal sealed class FailedElements(IEnumerable<ElementTuple> elements)
{
    private readonly List<Tuple> _elements = [.. elements];

    public Tuple[] Elements => [.. _elements];

    public void Apply(AggregateChange change, ReadOnlySpan<Tuple> elements)
    {
        foreach (var element in elements)
        {
            if (change == AggregateChange.Removed)
            {
                _elements.Remove(element);
            }
            else if (!_elements.Contains(element))
            {
                _elements.Add(element);
            }
        }
    }
}
