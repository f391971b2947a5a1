namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Makes a fact of each different item of the elements' collections. An item that several collections have is one fact.</summary>
internal sealed class FlattenStrategy<TResult>(TupleExpression<IEnumerable<TResult>> selector) : AggregateStrategy
{
    public override ElementTuple NewElement() => new ElementTuple<IEnumerable<TResult>>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((State)state).Elements;

    public override object Start(Session session, AggregateContext context, SubnetTuple left) => new State(session);

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var state = (State)left.State!;
        foreach (var tuple in elements)
        {
            state.Append((ElementTuple)tuple);
            if (!TryReplace(session, context, state, (ElementTuple)tuple))
            {
                return;
            }
        }
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var state = (State)left.State!;
        foreach (var tuple in elements)
        {
            if (!TryReplace(session, context, state, (ElementTuple)tuple))
            {
                return;
            }
        }
    }

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var state = (State)left.State!;
        foreach (var tuple in elements)
        {
            var element = (ElementTuple)tuple;
            state.Detach(element);
            Replace(session, context, state, element, []);
            element.State = null;
        }
    }

    private bool TryReplace(Session session, AggregateContext context, State state, ElementTuple element)
    {
        if (!selector.TryEvaluate(session, element, out var items))
        {
            context.HasFailed = true;
            return false;
        }

        Replace(session, context, state, element, items ?? []);
        return true;
    }

    private static void Replace(Session session, AggregateContext context, State state, ElementTuple element, IEnumerable<TResult> items)
    {
        var old = element.State as OrderedDictionary<object, ElementResult>;
        var wanted = new HashSet<object>(session.IdentityComparer);
        List<object> distinct = [.. items.Where(i => i is not null && wanted.Add(i)).Select(i => (object)i!)];
        foreach (var (item, result) in old ?? [])
        {
            if (!wanted.Contains(item))
            {
                result.Origins.Remove(element.Fact!);
                if (result.Origins.Count == 0)
                {
                    state.Results.Remove(item);
                    context.Removed(result);
                }
            }
        }

        var now = new OrderedDictionary<object, ElementResult>(session.IdentityComparer);
        foreach (var item in distinct)
        {
            if (!state.Results.TryGetValue(item, out var result))
            {
                result = new ElementResult(item);
                state.Results.Add(item, result);
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

        element.State = now;
    }

    private sealed class State(Session session) : ElementChain
    {
        public Dictionary<object, ElementResult> Results { get; } = new(session.IdentityComparer);
    }
}
