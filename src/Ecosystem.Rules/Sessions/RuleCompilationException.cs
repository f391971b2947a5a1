namespace Ecosystem.Rules;

/// <summary>A rule could not be compiled.</summary>
public class RuleCompilationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="innerException">Why.</param>
    public RuleCompilationException(string message, string ruleName, Exception? innerException)
        : base($"{message}{Environment.NewLine}Rule={ruleName}", innerException)
    {
        RuleName = ruleName;
    }

    /// <summary>Name of the rule.</summary>
    public string RuleName { get; }
}
