using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>An expression of a rule's conditions, with what is needed to tell events and exceptions about it.</summary>
internal abstract class LhsExpression(LambdaExpression expression, NodeInfo info, string failure, bool isCondition)
{
    public LambdaExpression Expression { get; } = expression;

    public NodeInfo Info { get; } = info;

    /// <summary>Tells that the expression threw. Returns if a handler took care of it, throws otherwise.</summary>
    protected void Failed(Session session, Exception exception, object?[] arguments, IReadOnlyList<IFact> facts)
    {
        var isHandled = session.EventAggregator.RaiseLhsFailed(session, Expression, exception, arguments, facts, Info.Rules);
        if (session.EventAggregator.TracesConditions)
        {
            Evaluated(session, exception, arguments, isCondition ? false : null, facts);
        }

        if (!isHandled)
        {
            var rule = Info.Rules.Count > 0 ? Info.Rules[0].Name : string.Empty;
            throw new RuleLhsExpressionEvaluationException(failure, rule, Expression.ToString(), exception)
            {
                Facts = [.. facts.Select(f => f.ToString() ?? string.Empty)],
            };
        }
    }

    protected void Evaluated(
        Session session, Exception? exception, object?[] arguments, object? result, IReadOnlyList<IFact> facts) =>
        session.EventAggregator.RaiseLhsEvaluated(session, Expression, exception, arguments, result, facts, Info.Rules);
}
