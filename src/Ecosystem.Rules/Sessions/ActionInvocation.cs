using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

internal sealed class ActionInvocation(Session session, Activation activation, CompiledAction action, object?[] arguments)
    : IActionInvocation
{
    public object?[] Arguments { get; } = arguments;

    public ActionTrigger Trigger => action.Trigger;

    public void Invoke()
    {
        try
        {
            action.Invoke(activation, Arguments);
        }
        catch (Exception e)
        {
            session.ActionFailed(activation, action, Arguments, e);
            return;
        }

        session.EventAggregator.RaiseRhsEvaluated(session, action.Expression, null, Arguments, activation);
    }
}
