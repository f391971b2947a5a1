namespace Ecosystem.Rules;

/// <summary>An agenda filter or the priority of a rule threw.</summary>
public class AgendaExpressionEvaluationException : RuleExpressionEvaluationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="innerException">What the expression threw.</param>
    public AgendaExpressionEvaluationException(string message, string ruleName, string expression, Exception? innerException)
        : base(message, ruleName, expression, innerException)
    {
    }
}
