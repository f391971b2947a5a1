namespace Ecosystem.Rules;

/// <summary>An action of a rule threw.</summary>
public class RuleRhsExpressionEvaluationException : RuleExpressionEvaluationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="expression">The action.</param>
    /// <param name="innerException">What the action threw.</param>
    public RuleRhsExpressionEvaluationException(string message, string ruleName, string expression, Exception? innerException)
        : base(message, ruleName, expression, innerException)
    {
    }
}
