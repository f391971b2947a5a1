namespace Ecosystem.Rules.Testing;

/// <summary>Rules did not fire as expected.</summary>
/// <param name="message">What differs.</param>
/// <param name="expected">What was expected.</param>
/// <param name="actual">What happened.</param>
public class RuleAssertionException(string message, object? expected, object? actual) : Exception(message)
{
    /// <summary>What was expected.</summary>
    public object? Expected { get; } = expected;

    /// <summary>What happened.</summary>
    public object? Actual { get; } = actual;
}
