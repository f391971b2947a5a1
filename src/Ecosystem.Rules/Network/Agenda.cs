using Ecosystem.Rules.AgendaFilters;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

internal sealed class Agenda(Session session) : IAgenda
{
    private readonly ActivationQueue _queue = new();
    private List<IAgendaFilter>? _globalFilters;
    private Dictionary<IRuleDefinition, List<IAgendaFilter>>? _ruleFilters;
    private AgendaContext? _context;

    public bool IsEmpty => _queue.IsEmpty;

    private AgendaContext Context => _context ??= new AgendaContext(session);

    public IMatch Peek() => _queue.Peek();

    public void Clear() => _queue.Clear();

    public void AddFilter(IAgendaFilter filter) => (_globalFilters ??= []).Add(filter);

    public void AddFilter(IRuleDefinition rule, IAgendaFilter filter)
    {
        _ruleFilters ??= [];
        if (!_ruleFilters.TryGetValue(rule, out var filters))
        {
            filters = [];
            _ruleFilters.Add(rule, filters);
        }

        filters.Add(filter);
    }

    public RuleMatch Pop()
    {
        var activation = _queue.Dequeue();
        activation.HasFired = activation.Trigger != MatchTrigger.Removed;
        if (_globalFilters is not null || _ruleFilters is not null)
        {
            foreach (var filter in Filters(activation).OfType<IStatefulAgendaFilter>())
            {
                filter.Select(Context, new Activation(activation));
            }
        }

        return activation;
    }

    public void Add(RuleMatch activation)
    {
        activation.IsKnown = true;
        activation.Trigger = MatchTrigger.Created;
        Schedule(activation);
    }

    public void Modify(RuleMatch activation)
    {
        if (activation.HasFired && !activation.Node.Rule.IsRepeatable)
        {
            return;
        }

        activation.Trigger = activation.HasFired ? MatchTrigger.Updated : MatchTrigger.Created;
        Schedule(activation);
    }

    public void Remove(RuleMatch activation)
    {
        activation.IsKnown = false;
        activation.Trigger = activation.HasFired ? MatchTrigger.Removed : MatchTrigger.None;
        if (_globalFilters is not null || _ruleFilters is not null)
        {
            foreach (var filter in Filters(activation).OfType<IStatefulAgendaFilter>())
            {
                filter.Remove(Context, new Activation(activation));
            }
        }

        if (activation.HasFired && (activation.Node.Rule.Triggers & ActionTrigger.Deactivated) != 0)
        {
            _queue.Enqueue(activation.IsEnqueued ? activation.Priority : PriorityOf(activation), activation);
        }
        else
        {
            _queue.Remove(activation);
        }

        if (activation.HasLinked)
        {
            activation.RememberLinked();
            session.QueueRetractLinked(activation, [.. activation.Linked.Select(l => l.Key)]);
        }
    }

    private void Schedule(RuleMatch activation)
    {
        if ((_globalFilters is null && _ruleFilters is null) || Accepts(activation))
        {
            _queue.Enqueue(PriorityOf(activation), activation);
        }
        else
        {
            _queue.Remove(activation);
        }
    }

    private int PriorityOf(RuleMatch activation) => activation.Node.Rule.PriorityExpression is { } expression
        ? expression.Evaluate(session, activation) is int priority ? priority : activation.Node.Rule.Priority
        : activation.Node.Rule.Priority;

    private bool Accepts(RuleMatch activation)
    {
        var seen = new Activation(activation);
        foreach (var filter in Filters(activation))
        {
            if (!filter.Accept(Context, seen))
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<IAgendaFilter> Filters(RuleMatch activation)
    {
        IEnumerable<IAgendaFilter> global = _globalFilters ?? [];
        return _ruleFilters is not null && _ruleFilters.TryGetValue(activation.Rule, out var filters) ? global.Concat(filters) : global;
    }
}
