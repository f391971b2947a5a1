using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Leaves aggregation to an <see cref="IAggregator"/>.</summary>
internal sealed class CustomStrategy(IAggregatorFactory factory) : AggregateStrategy
{
    public override bool NeedsEmptyAdd => true;

    public override ElementTuple NewElement() => new ElementTuple<object>();

    public override IEnumerable<ElementTuple> Elements(object state) => ((State)state).Elements;

    public override object Start(Session session, AggregateContext context, SubnetTuple left) =>
        new State(factory.Create(new AggregationContext(session)), new AggregationContext(session));

    public override void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var state = (State)left.State!;
        foreach (var element in elements)
        {
            state.Append((ElementTuple)element);
        }

        Apply(context, state, left, Facts(elements), static (s, left, facts) => s.Aggregator.Add(s.Context, left, facts));
    }

    public override void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements) =>
        Apply(context, (State)left.State!, left, Facts(elements), static (s, left, facts) => s.Aggregator.Modify(s.Context, left, facts));

    public override void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements)
    {
        var state = (State)left.State!;
        foreach (var element in elements)
        {
            state.Detach((ElementTuple)element);
        }

        Apply(context, state, left, Facts(elements), static (s, left, facts) => s.Aggregator.Remove(s.Context, left, facts));
    }

    private static void Apply(
        AggregateContext context,
        State state,
        SubnetTuple left,
        IFact[] facts,
        Func<State, SubnetTuple, IFact[], IEnumerable<AggregationResult>> aggregate)
    {
        try
        {
            state.Apply(context, aggregate(state, left, facts));
        }
        catch (HandledFailureException)
        {
            context.HasFailed = true;
        }
    }

    private static IFact[] Facts(ReadOnlySpan<Tuple> elements)
    {
        var facts = new IFact[elements.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = elements[i].Fact!;
        }

        return facts;
    }

    private sealed class State(IAggregator aggregator, AggregationContext context) : ElementChain
    {
        private readonly Dictionary<object, List<ElementResult>> _results = [];

        public IAggregator Aggregator { get; } = aggregator;

        public AggregationContext Context { get; } = context;

        public void Apply(AggregateContext context, IEnumerable<AggregationResult> changes)
        {
            foreach (var change in changes)
            {
                switch (change.Action)
                {
                    case AggregationAction.Added:
                        var added = new ElementResult(change.Aggregate);
                        SetOrigins(added, change);
                        Put(added);
                        context.Added(added);
                        break;
                    case AggregationAction.Modified:
                        var modified = Take(change.Previous ?? change.Aggregate);
                        modified.Value = change.Aggregate;
                        SetOrigins(modified, change);
                        Put(modified);
                        context.Modified(modified);
                        break;
                    default:
                        context.Removed(Take(change.Aggregate));
                        break;
                }
            }
        }

        private static void SetOrigins(ElementResult result, AggregationResult change)
        {
            result.Origins.Clear();
            result.Origins.AddRange(change.Source ?? []);
        }

        private void Put(ElementResult result)
        {
            if (!_results.TryGetValue(result.Value!, out var list))
            {
                list = [];
                _results.Add(result.Value!, list);
            }

            list.Add(result);
        }

        private ElementResult Take(object value)
        {
            if (!_results.TryGetValue(value, out var list))
            {
                throw new InvalidOperationException(
                    $"{Aggregator.GetType()} changed or removed a result that it had not added. Result={value}");
            }

            var result = list[^1];
            list.RemoveAt(list.Count - 1);
            if (list.Count == 0)
            {
                _results.Remove(value);
            }

            return result;
        }
    }
}
