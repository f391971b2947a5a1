namespace Ecosystem.Rules.Testing;

/// <summary>Turns results of verifications into passes and failures of a test framework.</summary>
public interface IRuleAsserter
{
    /// <summary>Fails the test if the verification failed.</summary>
    /// <param name="result">Result of the verification.</param>
    void Assert(RuleAssertResult result);
}
