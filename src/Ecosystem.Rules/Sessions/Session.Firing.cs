using Ecosystem.Rules.Network;

namespace Ecosystem.Rules;

internal sealed partial class Session
{
    /// <summary>Firings before the limit during which the rules that fire are written down, to be able to name them.</summary>
    private const int LoopWindow = 1000;

    public int Fire() => Fire(int.MaxValue, CancellationToken.None);

    public int Fire(CancellationToken cancellationToken) => Fire(int.MaxValue, cancellationToken);

    public int Fire(int maxRulesNumber) => Fire(maxRulesNumber, CancellationToken.None);

    public int Fire(int maxRulesNumber, CancellationToken cancellationToken)
    {
        var outerCancellation = FireCancellation;
        FireCancellation = cancellationToken;
        _silentChanges?.Check(AllFacts, null);
        var limit = _factory.Options.FiringLimit;
        Dictionary<string, int>? recent = null;
        var fired = 0;
        try
        {
            while (fired < maxRulesNumber && !InternalAgenda.IsEmpty)
            {
                if (limit > 0 && fired >= limit - LoopWindow)
                {
                    recent ??= [];
                    Watch(recent, fired, limit);
                }

                var activation = InternalAgenda.Pop();
                IsHalted = false;
                try
                {
                    Fire(activation);
                }
                finally
                {
                    fired++;
                    if (AutoPropagateLinkedFacts)
                    {
                        PropagateLinkedNow();
                    }
                }

                _silentChanges?.Check(AllFacts, activation.Rule);
                if (IsHalted || cancellationToken.IsCancellationRequested)
                {
                    IsHalted = false;
                    break;
                }
            }
        }
        finally
        {
            FireCancellation = outerCancellation;
        }

        return fired;
    }

    /// <summary>Raises the events of an action that threw.</summary>
    /// <returns>Whether a handler took care of it.</returns>
    public bool ActionFailed(RuleMatch activation, CompiledAction action, Exception exception)
    {
        var arguments = action.Arguments(activation);
        var isHandled = EventAggregator.RaiseRhsFailed(this, action.Expression, exception, arguments, activation);
        EventAggregator.RaiseRhsEvaluated(this, action.Expression, exception, () => arguments, activation);
        return isHandled;
    }

    public static RuleRhsExpressionEvaluationException Failure(RuleMatch activation, CompiledAction action, Exception exception) =>
        new("Failed to evaluate rule action", activation.Rule.Name, action.Expression.ToString(), exception)
        {
            Facts = [.. activation.OrderedFacts().Select(f => f.ToString() ?? string.Empty)],
        };

    private void Watch(Dictionary<string, int> recent, int fired, int limit)
    {
        if (fired >= limit)
        {
            throw new RuleLoopException(limit, [.. recent.OrderByDescending(r => r.Value).Select(r => r.Key)]);
        }

        var name = InternalAgenda.Peek().Rule.Name;
        recent[name] = recent.GetValueOrDefault(name) + 1;
    }

    private void Fire(RuleMatch activation)
    {
        var node = activation.Node;
        if (!node.Rule.HasDependencies && ActionInterceptor is null && !EventAggregator.TracesFiring)
        {
            node.Fire(this, activation);
            return;
        }

        var invocations = new List<ActionInvocation>();
        foreach (var action in node.Rule.Actions)
        {
            if (((int)action.Trigger & (int)activation.Trigger) != 0)
            {
                invocations.Add(new ActionInvocation(this, activation, action));
            }
        }

        EventAggregator.RaiseRuleFiring(this, activation);
        if (ActionInterceptor is { } interceptor)
        {
            interceptor.Intercept(activation, invocations);
        }
        else
        {
            foreach (var invocation in invocations)
            {
                try
                {
                    invocation.Invoke();
                }
                catch (Exception e)
                {
                    throw Failure(activation, invocation.Action, e);
                }
            }
        }

        EventAggregator.RaiseRuleFired(this, activation);
    }
}
