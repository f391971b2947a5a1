namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Collects elements into one sorted collection.</summary>
internal sealed class SortStrategy<T>((TupleExpression<object?> Key, bool Descending)[] sorts) : AggregateStrategy, IComparer<object?[]>
{
    public override ElementTuple NewElement() => new ElementTuple<T>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((SortedElementList<T>)state).Elements;

    public override object Start(Session session, AggregateContext context, SubnetTuple left)
    {
        var list = new SortedElementList<T>(this);
        context.Added(list);
        return list;
    }

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var list = (SortedElementList<T>)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<T>)tuple;
            element.Element = (T)element.Fact!.Value!;
            if (!TryGetKeys(session, element, out var keys))
            {
                context.HasFailed = true;
                return;
            }

            list.Insert(element, keys);
        }

        context.Modified(list);
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var list = (SortedElementList<T>)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<T>)tuple;
            element.Element = (T)element.Fact!.Value!;
            if (!TryGetKeys(session, element, out var keys))
            {
                context.HasFailed = true;
                return;
            }

            if (element.State is not object?[] old || Compare(old, keys) != 0)
            {
                list.Detach(element);
                list.Insert(element, keys);
            }
        }

        context.Modified(list);
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var list = (SortedElementList<T>)left.State!;
        foreach (var tuple in elements)
        {
            list.Detach((ElementTuple<T>)tuple);
        }

        context.Modified(list);
    }

    public int Compare(object?[]? x, object?[]? y)
    {
        for (var i = 0; i < sorts.Length; i++)
        {
            var result = Comparer<object?>.Default.Compare(x![i], y![i]);
            if (result != 0)
            {
                return sorts[i].Descending ? -result : result;
            }
        }

        return 0;
    }

    private bool TryGetKeys(Session session, ElementTuple<T> element, out object?[] keys)
    {
        keys = new object?[sorts.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!sorts[i].Key.TryEvaluate(session, element, out keys[i]))
            {
                return false;
            }
        }

        return true;
    }
}
