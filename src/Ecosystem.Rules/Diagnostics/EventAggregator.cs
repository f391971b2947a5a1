using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Raises events of a session to its own subscribers and then to those of its factory. The properties let the engine skip work nobody listens to.</summary>
internal sealed class EventAggregator(EventAggregator? parent) : IEventProvider
{
    public event EventHandler<AgendaEventArgs>? ActivationCreatedEvent;
    public event EventHandler<AgendaEventArgs>? ActivationUpdatedEvent;
    public event EventHandler<AgendaEventArgs>? ActivationDeletedEvent;
    public event EventHandler<AgendaEventArgs>? RuleFiringEvent;
    public event EventHandler<AgendaEventArgs>? RuleFiredEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactInsertingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactInsertedEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactUpdatingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactUpdatedEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactRetractingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactRetractedEvent;
    public event EventHandler<LhsExpressionEventArgs>? LhsExpressionEvaluatedEvent;
    public event EventHandler<LhsExpressionErrorEventArgs>? LhsExpressionFailedEvent;
    public event EventHandler<AgendaExpressionEventArgs>? AgendaExpressionEvaluatedEvent;
    public event EventHandler<AgendaExpressionErrorEventArgs>? AgendaExpressionFailedEvent;
    public event EventHandler<RhsExpressionEventArgs>? RhsExpressionEvaluatedEvent;
    public event EventHandler<RhsExpressionErrorEventArgs>? RhsExpressionFailedEvent;

    public bool TracesConditions => LhsExpressionEvaluatedEvent is not null || (parent is not null && parent.TracesConditions);

    public bool TracesFiring => RuleFiringEvent is not null || RuleFiredEvent is not null || RhsExpressionEvaluatedEvent is not null
        || (parent is not null && parent.TracesFiring);

    public bool TracesFacts => FactInsertingEvent is not null || FactInsertedEvent is not null || FactUpdatingEvent is not null
        || FactUpdatedEvent is not null || FactRetractingEvent is not null || FactRetractedEvent is not null
        || (parent is not null && parent.TracesFacts);

    public void RaiseActivationCreated(ISession session, IMatch match)
    {
        ActivationCreatedEvent?.Invoke(session, new AgendaEventArgs(match));
        parent?.RaiseActivationCreated(session, match);
    }

    public void RaiseActivationUpdated(ISession session, IMatch match)
    {
        ActivationUpdatedEvent?.Invoke(session, new AgendaEventArgs(match));
        parent?.RaiseActivationUpdated(session, match);
    }

    public void RaiseActivationDeleted(ISession session, IMatch match)
    {
        ActivationDeletedEvent?.Invoke(session, new AgendaEventArgs(match));
        parent?.RaiseActivationDeleted(session, match);
    }

    public void RaiseRuleFiring(ISession session, IMatch match)
    {
        RuleFiringEvent?.Invoke(session, new AgendaEventArgs(match));
        parent?.RaiseRuleFiring(session, match);
    }

    public void RaiseRuleFired(ISession session, IMatch match)
    {
        RuleFiredEvent?.Invoke(session, new AgendaEventArgs(match));
        parent?.RaiseRuleFired(session, match);
    }

    public void RaiseFactInserting(ISession session, IFact fact)
    {
        FactInsertingEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactInserting(session, fact);
    }

    public void RaiseFactInserted(ISession session, IFact fact)
    {
        FactInsertedEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactInserted(session, fact);
    }

    public void RaiseFactUpdating(ISession session, IFact fact)
    {
        FactUpdatingEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactUpdating(session, fact);
    }

    public void RaiseFactUpdated(ISession session, IFact fact)
    {
        FactUpdatedEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactUpdated(session, fact);
    }

    public void RaiseFactRetracting(ISession session, IFact fact)
    {
        FactRetractingEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactRetracting(session, fact);
    }

    public void RaiseFactRetracted(ISession session, IFact fact)
    {
        FactRetractedEvent?.Invoke(session, new WorkingMemoryEventArgs(fact));
        parent?.RaiseFactRetracted(session, fact);
    }

    public void RaiseLhsEvaluated(
        ISession session,
        LambdaExpression expression,
        Exception? exception,
        object?[] arguments,
        object? result,
        IReadOnlyList<IFact> facts,
        IReadOnlyCollection<IRuleDefinition> rules)
    {
        LhsExpressionEvaluatedEvent?.Invoke(
            session, new LhsExpressionEventArgs(expression, exception, arguments, result, facts, rules));
        parent?.RaiseLhsEvaluated(session, expression, exception, arguments, result, facts, rules);
    }

    public bool RaiseLhsFailed(
        ISession session,
        LambdaExpression expression,
        Exception exception,
        object?[] arguments,
        IReadOnlyList<IFact> facts,
        IReadOnlyCollection<IRuleDefinition> rules)
    {
        var handled = Raise(
            LhsExpressionFailedEvent, session, () => new LhsExpressionErrorEventArgs(expression, exception, arguments, facts, rules));
        return (parent?.RaiseLhsFailed(session, expression, exception, arguments, facts, rules) ?? false) || handled;
    }

    public void RaiseAgendaEvaluated(
        ISession session, LambdaExpression expression, Exception? exception, Func<object?[]> arguments, object? result, IMatch match)
    {
        AgendaExpressionEvaluatedEvent?.Invoke(
            session, new AgendaExpressionEventArgs(expression, exception, arguments(), result, match));
        parent?.RaiseAgendaEvaluated(session, expression, exception, arguments, result, match);
    }

    public bool RaiseAgendaFailed(
        ISession session, LambdaExpression expression, Exception exception, Func<object?[]> arguments, IMatch match)
    {
        var handled = Raise(
            AgendaExpressionFailedEvent, session, () => new AgendaExpressionErrorEventArgs(expression, exception, arguments(), match));
        return (parent?.RaiseAgendaFailed(session, expression, exception, arguments, match) ?? false) || handled;
    }

    public void RaiseRhsEvaluated(
        ISession session, LambdaExpression expression, Exception? exception, Func<object?[]> arguments, IMatch match)
    {
        RhsExpressionEvaluatedEvent?.Invoke(session, new RhsExpressionEventArgs(expression, exception, arguments(), match));
        parent?.RaiseRhsEvaluated(session, expression, exception, arguments, match);
    }

    public bool RaiseRhsFailed(ISession session, LambdaExpression expression, Exception exception, object?[] arguments, IMatch match)
    {
        var handled = Raise(
            RhsExpressionFailedEvent, session, () => new RhsExpressionErrorEventArgs(expression, exception, arguments, match));
        return (parent?.RaiseRhsFailed(session, expression, exception, arguments, match) ?? false) || handled;
    }

    private static bool Raise<TArgs>(EventHandler<TArgs>? handler, ISession session, Func<TArgs> arguments)
        where TArgs : IRecoverableError
    {
        if (handler is null)
        {
            return false;
        }

        var args = arguments();
        handler(session, args);
        return args.IsHandled;
    }
}
