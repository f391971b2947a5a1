namespace Ecosystem.Rules.RuleModel;

/// <summary>Rules that belong together.</summary>
public interface IRuleSet
{
    /// <summary>Name of the set.</summary>
    string Name { get; }

    /// <summary>Rules of the set, in order.</summary>
    IEnumerable<IRuleDefinition> Rules { get; }

    /// <summary>Adds rules.</summary>
    /// <param name="ruleDefinitions">Rules to add.</param>
    void Add(IEnumerable<IRuleDefinition> ruleDefinitions);

    /// <summary>Adds rules, until cancelled.</summary>
    /// <param name="ruleDefinitions">Rules to add.</param>
    /// <param name="cancellationToken">Stops adding; rules added so far stay.</param>
    void Add(IEnumerable<IRuleDefinition> ruleDefinitions, CancellationToken cancellationToken);
}
