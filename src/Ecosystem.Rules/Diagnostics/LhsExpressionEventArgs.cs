using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>A condition, binding or aggregation expression was evaluated.</summary>
public class LhsExpressionEventArgs : ExpressionEventArgs
{
    internal LhsExpressionEventArgs(
        LambdaExpression expression,
        Exception? exception,
        object?[] arguments,
        object? result,
        IReadOnlyList<IFact> facts,
        IReadOnlyCollection<IRuleDefinition> rules)
        : base(expression, exception, arguments, result)
    {
        Facts = facts;
        Rules = rules;
    }

    /// <summary>Facts of the partial match, and the fact that was tested.</summary>
    public IEnumerable<IFact> Facts { get; }

    /// <summary>Rules that share the expression.</summary>
    public IEnumerable<IRuleDefinition> Rules { get; }
}
