using System.Linq.Expressions;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>An expression was evaluated.</summary>
public class ExpressionEventArgs : EventArgs
{
    internal ExpressionEventArgs(LambdaExpression expression, Exception? exception, object?[] arguments, object? result)
    {
        Expression = expression;
        Exception = exception;
        Arguments = arguments;
        Result = result;
    }

    /// <summary>The expression.</summary>
    public LambdaExpression Expression { get; }

    /// <summary>What the expression threw, or null.</summary>
    public Exception? Exception { get; }

    /// <summary>Arguments, in the order of the expression's parameters, without the context of actions.</summary>
    public IReadOnlyCollection<object?> Arguments { get; }

    /// <summary>Result; false for a condition that threw.</summary>
    public object? Result { get; }
}
