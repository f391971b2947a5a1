namespace Ecosystem.Rules;

/// <summary>A condition, binding or aggregation of a rule threw.</summary>
public class RuleLhsExpressionEvaluationException : RuleExpressionEvaluationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="innerException">What the expression threw.</param>
    public RuleLhsExpressionEvaluationException(string message, string ruleName, string expression, Exception? innerException)
        : base(message, ruleName, expression, innerException)
    {
    }
}
