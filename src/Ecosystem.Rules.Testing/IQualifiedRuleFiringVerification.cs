namespace Ecosystem.Rules.Testing;

/// <summary>Expectation of how often a rule fires.</summary>
public interface IQualifiedRuleFiringVerification : IRuleFiringVerification
{
    /// <summary>Expects the rule to fire a number of times.</summary>
    /// <param name="times">How often.</param>
    /// <param name="constraints">What the matched facts must be.</param>
    void Fired(Times times, params FactConstraint[] constraints);
}
