using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>An action threw.</summary>
public class RhsExpressionErrorEventArgs : RhsExpressionEventArgs, IRecoverableError
{
    internal RhsExpressionErrorEventArgs(LambdaExpression expression, Exception exception, object?[] arguments, IMatch match)
        : base(expression, exception, arguments, match)
    {
    }

    Exception IRecoverableError.Exception => Exception!;

    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}
