using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>A condition on a partial match and a further fact.</summary>
internal sealed class BetaCondition(
    LambdaExpression expression, NodeInfo info, TupleLayout layout, string own, ExpressionBinder binder)
    : LhsExpression(expression, info, "Failed to evaluate condition", true)
{
    private readonly Func<Tuple, object, bool> _predicate = binder.OnTupleAndFact<bool>(expression, layout, own);

    /// <summary>Name of a variable by where it comes from, for comparison with conditions that use other names.</summary>
    public string NameOf(string name) => name == own ? string.Empty : layout.Contains(name) ? $"@{layout.Level(name)}" : name;

    public bool Test(Tuple tuple, FactBase fact) => _predicate(tuple, fact.Value!);

    public bool Evaluate(Session session, Tuple tuple, FactBase fact)
    {
        bool result;
        try
        {
            result = _predicate(tuple, fact.Value!);
        }
        catch (Exception e)
        {
            Failed(session, e, Arguments(tuple, fact), Facts(tuple, fact));
            return false;
        }

        if (session.EventAggregator.TracesConditions)
        {
            Evaluated(session, null, Arguments(tuple, fact), result, Facts(tuple, fact));
        }

        return result;
    }

    private object?[] Arguments(Tuple tuple, FactBase fact) =>
        [.. Expression.Parameters.Select(p => p.Name == own ? fact.Value : layout.Value(tuple, p.Name!))];

    private static List<IFact> Facts(Tuple tuple, FactBase fact)
    {
        var facts = tuple.OrderedFacts();
        facts.Add(fact);
        return facts;
    }
}
