using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>A condition, binding or aggregation expression threw.</summary>
public class LhsExpressionErrorEventArgs : LhsExpressionEventArgs, IRecoverableError
{
    internal LhsExpressionErrorEventArgs(
        LambdaExpression expression,
        Exception exception,
        object?[] arguments,
        IReadOnlyList<IFact> facts,
        IReadOnlyCollection<IRuleDefinition> rules)
        : base(expression, exception, arguments, null, facts, rules)
    {
    }

    Exception IRecoverableError.Exception => Exception!;

    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}
