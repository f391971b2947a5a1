namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Arranges elements by key in one lookup.</summary>
internal sealed class LookupStrategy<TKey, TElement>(TupleExpression<TKey> keySelector, TupleExpression<TElement> elementSelector)
    : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<TElement>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((Lookup<TKey, TElement>)state).Elements;

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
            if (!Add(session, context, lookup, (ElementTuple<TElement>)tuple))
            {
                return;
            }
        }

        context.Modified(lookup);
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var lookup = (Lookup<TKey, TElement>)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TElement>)tuple;
            if (!keySelector.TryEvaluate(session, element, out var key)
                || !elementSelector.TryEvaluate(session, element, out element.Element))
            {
                context.HasFailed = true;
                return;
            }

            if (element.State is not Group<TKey, TElement> group || !EqualityComparer<TKey>.Default.Equals(group.Key, key))
            {
                lookup.Detach(element);
                lookup.Append(key, element);
            }
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

    private bool Add(Session session, AggregateContext context, Lookup<TKey, TElement> lookup, ElementTuple<TElement> element)
    {
        if (!keySelector.TryEvaluate(session, element, out var key) || !elementSelector.TryEvaluate(session, element, out element.Element))
        {
            context.HasFailed = true;
            return false;
        }

        lookup.Append(key, element);
        return true;
    }
}
