using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>An agenda filter or priority of a rule. Because a rule may have several forms of match, it is compiled for each of them.</summary>
internal sealed class AgendaExpression(LambdaExpression expression, ExpressionBinder binder)
{
    private readonly Dictionary<TupleLayout, Func<Tuple, object?>> _functions = [];

    /// <summary>Evaluates the expression; null if it threw and a handler took care of that.</summary>
    public object? Evaluate(Session session, RuleMatch activation)
    {
        object? result;
        try
        {
            result = Function(activation.Node.Layout)(activation);
        }
        catch (Exception e)
        {
            var isHandled = session.EventAggregator.RaiseAgendaFailed(session, expression, e, () => Arguments(activation), activation);
            session.EventAggregator.RaiseAgendaEvaluated(
                session, expression, e, () => Arguments(activation), expression.ReturnType == typeof(bool) ? false : null, activation);
            if (isHandled)
            {
                return null;
            }

            throw new AgendaExpressionEvaluationException(
                "Failed to evaluate agenda filter expression", activation.Rule.Name, expression.ToString(), e)
            {
                Facts = [.. activation.OrderedFacts().Select(f => f.ToString() ?? string.Empty)],
            };
        }

        session.EventAggregator.RaiseAgendaEvaluated(session, expression, null, () => Arguments(activation), result, activation);
        return result;
    }

    private Func<Tuple, object?> Function(TupleLayout layout)
    {
        lock (_functions)
        {
            if (!_functions.TryGetValue(layout, out var function))
            {
                function = binder.OnTuple<object?>(expression, layout);
                _functions.Add(layout, function);
            }

            return function;
        }
    }

    private object?[] Arguments(RuleMatch activation) =>
        [.. expression.Parameters.Select(p => activation.Node.Layout.Value(activation, p.Name!))];
}
