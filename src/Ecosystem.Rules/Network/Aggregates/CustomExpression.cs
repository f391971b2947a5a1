using System.Linq.Expressions;
using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>An expression that a custom aggregator evaluates.</summary>
internal sealed class CustomExpression(
    string name, LambdaExpression expression, NodeInfo info, TupleLayout layout, string own, ExpressionBinder binder)
    : LhsExpression(expression, info, "Failed to evaluate aggregate expression", false), IAggregateExpression
{
    private readonly Func<Tuple, object, object?> _function = binder.OnTupleAndFact<object?>(expression, layout, own);

    public string Name { get; } = name;

    public object? Invoke(AggregationContext context, ITuple tuple, IFact fact)
    {
        var left = (Tuple)tuple;
        object? result;
        try
        {
            result = _function(left, fact.Value!);
        }
        catch (Exception e)
        {
            Failed(context.Session, e, Arguments(left, fact), [.. left.OrderedFacts(), fact]);
            throw new HandledFailureException();
        }

        if (context.Session.EventAggregator.TracesConditions)
        {
            Evaluated(context.Session, null, Arguments(left, fact), result, [.. left.OrderedFacts(), fact]);
        }

        return result;
    }

    private object?[] Arguments(Tuple tuple, IFact fact) =>
        [.. Expression.Parameters.Select(p => p.Name == own ? fact.Value : layout.Value(tuple, p.Name!))];
}
