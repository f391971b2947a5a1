namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Arranges elements by key in one lookup.</summary>
internal sealed class LookupStrategy<TKey, TElement>(TupleExpression<TKey> keySelector, TupleExpression<TElement> elementSelector)
    : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<TElement>();

    public override object Start(Session session, AggregateContext context, SubnetTuple left)
    {
        var lookup = new Lookup<TKey, TElement>();
        context.Added(lookup);
        return lookup;
    }

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var lookup = (Lookup<TKey, TElement>)left.State!;
        foreach (var tuple in elements)
        {
            Add(session, lookup, (ElementTuple<TElement>)tuple);
        }

        context.Modified(lookup);
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var lookup = (Lookup<TKey, TElement>)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TElement>)tuple;
            if (keySelector.TryEvaluate(session, element, out var key)
                && element.State is Group<TKey, TElement> group
                && EqualityComparer<TKey>.Default.Equals(group.Key, key)
                && elementSelector.TryEvaluate(session, element, out element.Element))
            {
                continue;
            }

            lookup.Detach(element);
            Add(session, lookup, element);
        }

        context.Modified(lookup);
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var lookup = (Lookup<TKey, TElement>)left.State!;
        foreach (var tuple in elements)
        {
            lookup.Detach((ElementTuple<TElement>)tuple);
        }

        context.Modified(lookup);
    }

    private void Add(Session session, Lookup<TKey, TElement> lookup, ElementTuple<TElement> element)
    {
        if (keySelector.TryEvaluate(session, element, out var key) && elementSelector.TryEvaluate(session, element, out element.Element))
        {
            lookup.Append(key, element);
        }
    }
}
