namespace Ecosystem.Rules.RuleModel;

/// <summary>Shorthands for repositories.</summary>
public static class RuleRepositoryExtensions
{
    /// <summary>Lists the rules of all sets.</summary>
    /// <param name="repository">Repository.</param>
    /// <returns>Rules, in order.</returns>
    public static IEnumerable<IRuleDefinition> GetRules(this IRuleRepository repository) =>
        repository.GetRuleSets().SelectMany(s => s.Rules);
}
