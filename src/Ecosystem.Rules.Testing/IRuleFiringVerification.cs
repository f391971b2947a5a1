namespace Ecosystem.Rules.Testing;

/// <summary>Expectation of a rule's firing.</summary>
public interface IRuleFiringVerification
{
    /// <summary>Expects the rule to fire once.</summary>
    /// <param name="constraints">What the matched facts must be.</param>
    void Fired(params FactConstraint[] constraints);
}
