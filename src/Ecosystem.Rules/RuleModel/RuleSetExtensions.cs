namespace Ecosystem.Rules.RuleModel;

/// <summary>Shorthands for rule sets.</summary>
public static class RuleSetExtensions
{
    /// <summary>Adds one rule.</summary>
    /// <param name="ruleSet">Set to add to.</param>
    /// <param name="ruleDefinition">Rule to add.</param>
    public static void Add(this IRuleSet ruleSet, IRuleDefinition ruleDefinition) => ruleSet.Add([ruleDefinition]);
}
