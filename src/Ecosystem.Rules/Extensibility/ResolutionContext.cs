using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Extensibility;

internal sealed class ResolutionContext(ISession session, IRuleDefinition rule) : IResolutionContext
{
    public ISession Session { get; } = session;

    public IRuleDefinition Rule { get; } = rule;
}
