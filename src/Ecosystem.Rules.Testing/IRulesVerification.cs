namespace Ecosystem.Rules.Testing;

/// <summary>Compares what fired with what was expected.</summary>
public interface IRulesVerification
{
    /// <summary>Verifies exactly what fired, in order.</summary>
    /// <param name="action">Expectations.</param>
    /// <returns>Result.</returns>
    RuleAssertResult VerifySequence(Action<IRuleSequenceFiringVerification> action);

    /// <summary>Verifies how often rules fired.</summary>
    /// <param name="action">Expectations.</param>
    /// <returns>Result.</returns>
    RuleAssertResult Verify(Action<IRulesFiringVerification> action);
}
