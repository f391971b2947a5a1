namespace Ecosystem.Rules;

/// <summary>Something went wrong while rules were evaluated or fired.</summary>
public class RuleExecutionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public RuleExecutionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
