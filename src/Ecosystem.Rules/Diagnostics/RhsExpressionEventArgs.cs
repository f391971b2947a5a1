using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>An action ran.</summary>
public class RhsExpressionEventArgs : ExpressionEventArgs
{
    internal RhsExpressionEventArgs(LambdaExpression expression, Exception? exception, object?[] arguments, IMatch match)
        : base(expression, exception, arguments, null)
    {
        Match = match;
    }

    /// <summary>The match.</summary>
    public IMatch Match { get; }

    /// <summary>Rule of the match.</summary>
    public IRuleDefinition Rule => Match.Rule;

    /// <summary>Facts of the match.</summary>
    public IEnumerable<IFactMatch> Facts => Match.Facts;
}
