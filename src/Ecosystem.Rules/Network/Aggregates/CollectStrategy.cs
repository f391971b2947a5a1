using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Collects elements into one collection.</summary>
internal sealed class CollectStrategy<T> : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<T>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((ElementList<T>)state).Elements;

    public override object Start(Session session, AggregateContext context, SubnetTuple left)
    {
        var list = new ElementList<T>();
        context.Added(list);
        return list;
    }

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var list = Unsafe.As<ElementList<T>>(left.State!);
        foreach (var tuple in elements)
        {
            var element = Unsafe.As<ElementTuple<T>>(tuple);
            element.Element = (T)element.Fact!.Value!;
            list.Append(element);
        }

        context.Modified(list);
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            var element = Unsafe.As<ElementTuple<T>>(tuple);
            element.Element = (T)element.Fact!.Value!;
        }

        context.Modified(Unsafe.As<ElementList<T>>(left.State!));
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var list = Unsafe.As<ElementList<T>>(left.State!);
        foreach (var tuple in elements)
        {
            list.Detach(Unsafe.As<ElementTuple<T>>(tuple));
        }

        context.Modified(list);
    }
}
