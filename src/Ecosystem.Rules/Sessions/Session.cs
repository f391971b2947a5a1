using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

internal sealed partial class Session : ISession
{
    public Pool<Buffer<Network.Tuple>> Tuples;
    public Pool<Buffer<Fact>> Facts;
    public Pool<Buffer<FactLink>> Links;
    public Pool<JoinChanges> JoinChanges;
    public Pool<AggregateContext> Aggregations;
    private readonly SessionFactory _factory;
    private readonly NodeMemory?[] _memories;
    private readonly WorkingMemory _workingMemory;
    private readonly SessionMetrics _metrics;
    private readonly SilentChangeDetector? _silentChanges;

    public Session(SessionFactory factory)
    {
        _factory = factory;
        Network = factory.Network;
        _memories = new NodeMemory?[Network.Slots];
        _workingMemory = new WorkingMemory(factory.IdentityComparer, factory.HasDefaultIdentity);
        _metrics = new SessionMetrics(this);
        EventAggregator = new EventAggregator(factory.EventAggregator);
        InternalAgenda = new Agenda(this);
        DependencyResolver = factory.DependencyResolver;
        ActionInterceptor = factory.ActionInterceptor;
        Timer = factory.Options.MeasureNodeTimes ? new NodeTimer() : null;
        _silentChanges = factory.Options.DetectSilentChanges ? new SilentChangeDetector() : null;
    }

    public ReteNetwork Network { get; }

    public EventAggregator EventAggregator { get; }

    public Agenda InternalAgenda { get; }

    public NodeTimer? Timer { get; }

    public IFactIdentityComparer IdentityComparer => _factory.IdentityComparer;

    public bool IsHalted { get; set; }

    public CancellationToken FireCancellation { get; private set; }

    /// <summary>Number of the update of facts that travels the network.</summary>
    public uint UpdateNumber { get; set; } = 1;

    /// <summary>Whether all entries of the facts that are being updated are already in the buckets of their present keys.</summary>
    public bool IsRebucketed { get; set; }

    public IAgenda Agenda => InternalAgenda;

    public IEventProvider Events => EventAggregator;

    public IMetricsProvider Metrics => _metrics;

    public IDependencyResolver DependencyResolver { get; set; }

    public IActionInterceptor? ActionInterceptor { get; set; }

    public bool AutoPropagateLinkedFacts { get; set; } = true;

    public IEnumerable<Fact> AllFacts => _workingMemory.Facts;

    public ref NodeMemory? Memory(int slot) => ref _memories[slot];

    public void Count(NodeInfo node, MetricKind kind, int count) => _metrics.Count(node, kind, count);

    public ReteGraph GetSchema() => Network.GetSchema();

    /// <summary>Lets rules that match without any fact match.</summary>
    public void Activate()
    {
        foreach (var rule in Network.FilteredRules)
        {
            if (rule.Predicates.Length > 0)
            {
                InternalAgenda.AddFilter(rule.Definition, new AgendaFilters.PredicateAgendaFilter(rule.Predicates));
            }

            if (rule.KeySelectors.Length > 0)
            {
                InternalAgenda.AddFilter(rule.Definition, new AgendaFilters.KeyChangeAgendaFilter(rule.KeySelectors));
            }
        }

        if (Network.Root.Sinks.Count > 0)
        {
            Network.Root.Assert(this, [Network.Root.Create(this, null, null, null)]);
            PropagateLinkedNow();
        }
    }

    public IQueryable<TFact> Query<TFact>() => _workingMemory.Facts.Select(f => f.Value).OfType<TFact>().AsQueryable();

    public Fact? FindFact(object fact) => _workingMemory.Find(fact);

    public object Resolve(IRuleDefinition rule, Type serviceType) =>
        DependencyResolver.Resolve(new ResolutionContext(this, rule), serviceType);
}
