using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>Says which rules are under test. Set up before the session is used.</summary>
public interface IRulesTestSetup
{
    /// <summary>The rules, in the order in which they were added.</summary>
    IReadOnlyCollection<RuleInfo> Rules { get; }

    /// <summary>Configures the compiler, for example with custom aggregations.</summary>
    Action<RuleCompiler> CompilerSetupAction { get; set; }

    /// <summary>Adds a rule.</summary>
    /// <typeparam name="T">Rule class.</typeparam>
    void Rule<T>()
        where T : Rule;

    /// <summary>Adds a rule. A type that is not a rule that can be made is left out.</summary>
    /// <param name="ruleType">Rule class.</param>
    /// <exception cref="ArgumentException">A rule of that class or name is already under test.</exception>
    void Rule(Type ruleType);

    /// <summary>Adds a rule.</summary>
    /// <param name="ruleInstance">The rule.</param>
    void Rule(Rule ruleInstance);

    /// <summary>Adds a rule; it can only be verified by name.</summary>
    /// <param name="ruleDefinition">The rule.</param>
    void Rule(IRuleDefinition ruleDefinition);
}
