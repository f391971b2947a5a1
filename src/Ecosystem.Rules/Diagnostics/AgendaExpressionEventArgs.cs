using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>An agenda filter or a priority was evaluated.</summary>
public class AgendaExpressionEventArgs : ExpressionEventArgs
{
    internal AgendaExpressionEventArgs(
        LambdaExpression expression, Exception? exception, object?[] arguments, object? result, IMatch match)
        : base(expression, exception, arguments, result)
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
