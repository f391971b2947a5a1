using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>An agenda filter or a priority threw.</summary>
public class AgendaExpressionErrorEventArgs : AgendaExpressionEventArgs, IRecoverableError
{
    internal AgendaExpressionErrorEventArgs(LambdaExpression expression, Exception exception, object?[] arguments, IMatch match)
        : base(expression, exception, arguments, null, match)
    {
    }

    Exception IRecoverableError.Exception => Exception!;

    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}
