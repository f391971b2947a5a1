namespace Ecosystem.Rules;

/// <summary>An expression of a rule threw.</summary>
public class RuleExpressionEvaluationException : RuleExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="ruleName">Name of the rule.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="innerException">What the expression threw.</param>
    public RuleExpressionEvaluationException(string message, string ruleName, string expression, Exception? innerException)
        : base($"{message}{Environment.NewLine}Rule={ruleName}{Environment.NewLine}Expression={expression}", innerException)
    {
        RuleName = ruleName;
        Expression = expression;
    }

    /// <summary>What failed, with the rule, the expression and the facts it was evaluated for.</summary>
    public override string Message =>
        Facts.Count == 0 ? base.Message : $"{base.Message}{Environment.NewLine}Facts={string.Join(", ", Facts)}";

    /// <summary>Name of the rule; of the first one if several share the expression.</summary>
    public string RuleName { get; }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The facts the expression was given, in plain words.</summary>
    public IReadOnlyList<string> Facts { get; internal set; } = [];
}
