namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Makes a fact of each different item of the elements' collections. An item that several collections have is one fact.</summary>
internal sealed class FlattenStrategy<TResult>(TupleExpression<IEnumerable<TResult>> selector) : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<IEnumerable<TResult>>();

    public override object Start(Session session, AggregateContext context, SubnetTuple left) =>
        new Dictionary<object, ElementResult>(session.IdentityComparer);

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            Replace(session, context, left, (ElementTuple)tuple, Items(session, (ElementTuple)tuple));
        }
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements) =>
        Add(session, context, left, elements);

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            Replace(session, context, left, (ElementTuple)tuple, []);
        }
    }

    private IEnumerable<TResult> Items(Session session, ElementTuple element) =>
        selector.TryEvaluate(session, element, out var items) && items is not null ? items : [];

    private static void Replace(
        Session session, AggregateContext context, SubnetTuple left, ElementTuple element, IEnumerable<TResult> items)
    {
        var results = (Dictionary<object, ElementResult>)left.State!;
        var old = element.State as OrderedDictionary<object, ElementResult>;
        var now = new OrderedDictionary<object, ElementResult>(session.IdentityComparer);
        foreach (var item in items)
        {
            if (item is null || now.ContainsKey(item))
            {
                continue;
            }

            if (!results.TryGetValue(item, out var result))
            {
                result = new ElementResult(item);
                results.Add(item, result);
                context.Added(result);
            }

            if (old is null || !old.ContainsKey(item))
            {
                result.Origins.Add(element.Fact!);
            }
            else
            {
                result.Value = item;
                context.Modified(result);
            }

            now.Add(item, result);
        }

        foreach (var (item, result) in old ?? [])
        {
            if (now.ContainsKey(item))
            {
                continue;
            }

            result.Origins.Remove(element.Fact!);
            if (result.Origins.Count == 0)
            {
                results.Remove(item);
                context.Removed(result);
            }
        }

        element.State = now;
    }
}
