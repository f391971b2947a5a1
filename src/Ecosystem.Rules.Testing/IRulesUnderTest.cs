namespace Ecosystem.Rules.Testing;

/// <summary>Finds rules under test.</summary>
public interface IRulesUnderTest
{
    /// <summary>The rules, in the order in which they were added.</summary>
    IReadOnlyCollection<RuleInfo> Rules { get; }

    /// <summary>Gets the only rule under test.</summary>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is no rule, or more than one.</exception>
    RuleInfo GetSingle();

    /// <summary>Gets the rule of a class.</summary>
    /// <param name="ruleType">Rule class.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">No rule of that class is under test.</exception>
    RuleInfo GetRuleInfo(Type ruleType);

    /// <summary>Gets the rule of a name.</summary>
    /// <param name="ruleName">Rule name.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">No rule of that name is under test.</exception>
    RuleInfo GetRuleInfo(string ruleName);
}
