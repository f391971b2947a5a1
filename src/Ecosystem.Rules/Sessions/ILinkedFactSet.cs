using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Linked facts that were propagated together.</summary>
public interface ILinkedFactSet
{
    /// <summary>What happened to them.</summary>
    LinkedFactAction Action { get; }

    /// <summary>The facts.</summary>
    IEnumerable<IFact> Facts { get; }

    /// <summary>Number of facts.</summary>
    int FactCount { get; }
}
