using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Origin of a fact that a rule yields.</summary>
public interface ILinkedFactSource : IFactSource
{
    /// <summary>Rule whose match the fact is linked to.</summary>
    IRuleDefinition Rule { get; }
}
