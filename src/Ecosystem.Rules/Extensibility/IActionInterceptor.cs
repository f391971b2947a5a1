using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Extensibility;

/// <summary>Runs rules' actions in place of the engine, for example to log or to retry them.</summary>
public interface IActionInterceptor
{
    /// <summary>Called when a rule fires.</summary>
    /// <param name="context">Context of the actions.</param>
    /// <param name="actions">Actions, which run when they are invoked.</param>
    void Intercept(IContext context, IReadOnlyCollection<IActionInvocation> actions);
}
