namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Projects each element to a fact.</summary>
internal sealed class ProjectStrategy<TResult>(TupleExpression<TResult> selector) : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<TResult>();

    public override object Start(Session session, AggregateContext context, SubnetTuple left) => this;

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            Add(session, context, (ElementTuple<TResult>)tuple);
        }
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            var element = (ElementTuple<TResult>)tuple;
            if (element.State is not ElementResult result)
            {
                Add(session, context, element);
            }
            else if (selector.TryEvaluate(session, element, out var value))
            {
                result.Value = value;
                context.Modified(result);
            }
            else
            {
                Remove(context, element);
            }
        }
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        foreach (var tuple in elements)
        {
            Remove(context, (ElementTuple<TResult>)tuple);
        }
    }

    private static void Remove(AggregateContext context, ElementTuple<TResult> element)
    {
        if (element.State is ElementResult result)
        {
            element.State = null;
            context.Removed(result);
        }
    }

    private void Add(Session session, AggregateContext context, ElementTuple<TResult> element)
    {
        if (selector.TryEvaluate(session, element, out var value))
        {
            var result = new ElementResult(value);
            result.Origins.Add(element.Fact!);
            element.State = result;
            context.Added(result);
        }
    }
}
