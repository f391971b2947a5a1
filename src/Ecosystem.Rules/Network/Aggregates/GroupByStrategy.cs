using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Groups elements by key, in a hash table.</summary>
internal sealed class GroupByStrategy<TKey, TElement>(TupleExpression<TKey> keySelector, TupleExpression<TElement>? elementSelector)
    : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<TElement>();

    public override IEnumerable<ElementTuple> Elements(object state) =>
        ((Dictionary<KeyBox<TKey>, Group<TKey, TElement>>)state).Values.SelectMany(g => g.Elements);

    public override object Start(Session session, AggregateContext context, SubnetTuple left) =>
        new Dictionary<KeyBox<TKey>, Group<TKey, TElement>>();

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var groups = Unsafe.As<Dictionary<KeyBox<TKey>, Group<TKey, TElement>>>(left.State!);
        foreach (var tuple in elements)
        {
            var element = Unsafe.As<ElementTuple<TElement>>(tuple);
            if (!TrySelect(session, element, out var key))
            {
                context.HasFailed = true;
                return;
            }

            Add(context, groups, element, key);
        }
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var groups = Unsafe.As<Dictionary<KeyBox<TKey>, Group<TKey, TElement>>>(left.State!);
        foreach (var tuple in elements)
        {
            var element = Unsafe.As<ElementTuple<TElement>>(tuple);
            var group = Unsafe.As<Group<TKey, TElement>?>(element.State);
            if (!TrySelect(session, element, out var key))
            {
                context.HasFailed = true;
                return;
            }

            if (group is not null && EqualityComparer<TKey>.Default.Equals(group.Key, key))
            {
                context.Modified(group);
            }
            else
            {
                Remove(context, groups, element);
                Add(context, groups, element, key);
            }
        }
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var groups = Unsafe.As<Dictionary<KeyBox<TKey>, Group<TKey, TElement>>>(left.State!);
        foreach (var tuple in elements)
        {
            Remove(context, groups, Unsafe.As<ElementTuple<TElement>>(tuple));
        }
    }

    private static void Add(
        AggregateContext context, Dictionary<KeyBox<TKey>, Group<TKey, TElement>> groups, ElementTuple<TElement> element, TKey key)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, new KeyBox<TKey>(key), out _);
        if (group is null)
        {
            group = new Group<TKey, TElement>(key);
            context.Added(group);
        }
        else
        {
            context.Modified(group);
        }

        group.Append(element);
    }

    private static void Remove(
        AggregateContext context, Dictionary<KeyBox<TKey>, Group<TKey, TElement>> groups, ElementTuple<TElement> element)
    {
        var group = Unsafe.As<Group<TKey, TElement>?>(element.State);
        if (group is null)
        {
            return;
        }

        group.Detach(element);
        if (group.Count == 0)
        {
            groups.Remove(new KeyBox<TKey>(group.Key));
            context.Removed(group);
        }
        else
        {
            context.Modified(group);
        }
    }

    private bool TrySelect(Session session, ElementTuple<TElement> element, out TKey key)
    {
        if (!keySelector.TryEvaluate(session, element, out key))
        {
            return false;
        }

        if (elementSelector is null)
        {
            element.Element = (TElement)element.Fact!.Value!;
            return true;
        }

        return elementSelector.TryEvaluate(session, element, out element.Element);
    }
}
