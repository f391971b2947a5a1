using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>An expression over the variables of a partial match: a condition on a calculated value, a binding, or a selector of an aggregation.</summary>
internal sealed class TupleExpression<TResult>(
    LambdaExpression expression,
    NodeInfo info,
    TupleLayout layout,
    string failure,
    ExpressionBinder binder,
    Func<TResult, TResult>? complete = null,
    bool isCondition = false)
    : LhsExpression(expression, info, failure, isCondition)
{
    public TupleLayout Layout => layout;

    private readonly Func<Tuple, TResult> _function = binder.OnTuple<TResult>(expression, layout);

    public TResult Invoke(Tuple tuple) => _function(tuple);

    /// <summary>Evaluates the expression; returns false if it threw and a handler took care of that.</summary>
    public bool TryEvaluate(Session session, Tuple tuple, out TResult result)
    {
        try
        {
            result = _function(tuple);
            if (complete is not null)
            {
                result = complete(result);
            }
        }
        catch (Exception e)
        {
            Failed(session, e, Arguments(tuple), tuple.OrderedFacts());
            result = default!;
            return false;
        }

        if (session.EventAggregator.TracesConditions)
        {
            Evaluated(session, null, Arguments(tuple), result, tuple.OrderedFacts());
        }

        return true;
    }

    private object?[] Arguments(Tuple tuple) => [.. Expression.Parameters.Select(p => layout.Value(tuple, p.Name!))];
}
