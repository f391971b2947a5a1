namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Projects each element to a fact.</summary>
internal sealed class ProjectStrategy<TResult>(TupleExpression<TResult> selector) : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<TResult>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((ElementChain)state).Elements;

    public override object Start(Session session, AggregateContext context, SubnetTuple left) => new ElementChain();

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var chain = (ElementChain)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TResult>)tuple;
            chain.Append(element);
            if (!selector.TryEvaluate(session, element, out var value))
            {
                context.HasFailed = true;
                return;
            }

            var result = new ElementResult(value);
            result.Origins.Add(element.Fact!);
            element.State = result;
            context.Added(result);
        }
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TResult>)tuple;
            if (!selector.TryEvaluate(session, element, out var value))
            {
                context.HasFailed = true;
                return;
            }

            var result = (ElementResult)element.State!;
            result.Value = value;
            context.Modified(result);
        }
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var chain = (ElementChain)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TResult>)tuple;
            chain.Detach(element);
            context.Removed((ElementResult)element.State!);
            element.State = null;
        }
    }
}
