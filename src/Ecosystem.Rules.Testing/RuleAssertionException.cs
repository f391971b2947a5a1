namespace Ecosystem.Rules.Testing;

/// <summary>What fired is not what was expected. Thrown if the test sets no asserter of its own.</summary>
public class RuleAssertionException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RuleAssertionException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what fired.</param>
    public RuleAssertionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what fired.</param>
    /// <param name="innerException">Cause.</param>
    public RuleAssertionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
