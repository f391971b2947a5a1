using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>A condition on a single fact.</summary>
internal abstract class AlphaCondition(LambdaExpression expression, NodeInfo info)
    : LhsExpression(expression, info, "Failed to evaluate condition", true)
{
    public static AlphaCondition Create(Type factType, LambdaExpression expression, NodeInfo info, ExpressionBinder binder) =>
        (AlphaCondition)Activator.CreateInstance(typeof(AlphaCondition<>).MakeGenericType(factType), expression, info, binder)!;

    /// <summary>Sorts facts into those that satisfy the condition and, if asked for, those that do not.</summary>
    public abstract void Filter(Session session, ReadOnlySpan<Fact> facts, Buffer<Fact> passed, Buffer<Fact>? failed);

    public abstract bool Test(object fact);
}
