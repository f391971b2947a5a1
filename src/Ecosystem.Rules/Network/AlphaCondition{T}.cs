using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

internal sealed class AlphaCondition<T>(LambdaExpression expression, NodeInfo info, ExpressionBinder binder)
    : AlphaCondition(expression, info)
{
    private readonly Func<T, bool> _predicate = binder.OnFact<T, bool>(expression);

    public override bool Test(object fact) => _predicate((T)fact);

    public override void Filter(Session session, ReadOnlySpan<Fact> facts, Buffer<Fact> passed, Buffer<Fact>? failed)
    {
        var traces = session.EventAggregator.TracesConditions;
        var predicate = _predicate;
        var i = 0;
        while (i < facts.Length)
        {
            try
            {
                for (; i < facts.Length; i++)
                {
                    var fact = facts[i];
                    var result = predicate(typeof(T).IsValueType ? (T)fact.Value! : Unsafe.As<object?, T>(ref fact.Value));
                    if (traces)
                    {
                        Evaluated(session, null, Arguments(fact), result, [fact]);
                    }

                    if (result)
                    {
                        passed.Add(fact);
                    }
                    else
                    {
                        failed?.Add(fact);
                    }
                }
            }
            catch (Exception e) when (e is not RuleExecutionException)
            {
                Failed(session, e, Arguments(facts[i]), [facts[i]]);
                failed?.Add(facts[i]);
                i++;
            }
        }
    }

    private object?[] Arguments(Fact fact) => Expression.Parameters.Count == 0 ? [] : [fact.Value];
}
