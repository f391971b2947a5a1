using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Testing;

/// <summary>Expectations of rules' firings.</summary>
/// <typeparam name="TVerification">What is expected of a rule.</typeparam>
public interface IRulesFiringVerification<out TVerification>
{
    /// <summary>Expects something of the only rule under test.</summary>
    /// <returns>Expectation to continue.</returns>
    TVerification Rule();

    /// <summary>Expects something of a rule.</summary>
    /// <typeparam name="TRule">Rule class.</typeparam>
    /// <returns>Expectation to continue.</returns>
    TVerification Rule<TRule>()
        where TRule : Rule;

    /// <summary>Expects something of a rule.</summary>
    /// <param name="ruleType">Rule class.</param>
    /// <returns>Expectation to continue.</returns>
    TVerification Rule(Type ruleType);

    /// <summary>Expects something of a rule.</summary>
    /// <param name="ruleName">Name of the rule.</param>
    /// <returns>Expectation to continue.</returns>
    TVerification Rule(string ruleName);
}
