using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

internal sealed class ActionInvocation(Session session, RuleMatch activation, CompiledAction action) : IActionInvocation
{
    public CompiledAction Action => action;

    public IReadOnlyList<object?> Arguments => action.Arguments(activation);

    public ActionTrigger Trigger => action.Trigger;

    /// <summary>Runs the action. An interceptor sees what the action throws as it is; without one, the session wraps it.</summary>
    public void Invoke()
    {
        try
        {
            action.Invoke(activation);
        }
        catch (Exception e)
        {
            if (!session.ActionFailed(activation, action, e))
            {
                throw;
            }

            return;
        }

        session.EventAggregator.RaiseRhsEvaluated(session, action.Expression, null, () => action.Arguments(activation), activation);
    }
}
