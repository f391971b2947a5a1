using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Extensibility;

/// <summary>What a service is resolved for.</summary>
public interface IResolutionContext
{
    /// <summary>The session.</summary>
    ISession Session { get; }

    /// <summary>The rule.</summary>
    IRuleDefinition Rule { get; }
}
