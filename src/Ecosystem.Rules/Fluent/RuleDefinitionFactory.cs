using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent;

/// <summary>Turns rules written in C# into rule definitions.</summary>
public class RuleDefinitionFactory
{
    /// <summary>Turns rules into definitions.</summary>
    /// <param name="rules">Rules.</param>
    /// <returns>Definitions, in order.</returns>
    /// <exception cref="RuleDefinitionException">A rule is not valid.</exception>
    public IReadOnlyCollection<IRuleDefinition> Create(IEnumerable<Rule> rules) => [.. rules.Select(Create)];

    /// <summary>Turns a rule into a definition.</summary>
    /// <param name="rule">Rule.</param>
    /// <returns>Definition.</returns>
    /// <exception cref="RuleDefinitionException">The rule is not valid.</exception>
    public IRuleDefinition Create(Rule rule)
    {
        try
        {
            return rule.GetDefinition();
        }
        catch (Exception e)
        {
            throw new RuleDefinitionException("Failed to build rule definition", rule.GetType(), e);
        }
    }
}
