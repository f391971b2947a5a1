using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

internal sealed class RightHandSideExpression(ActionGroupBuilder builder, SymbolStack symbols) : IRightHandSideExpression
{
    private const ActionTrigger Firing = ActionTrigger.Activated | ActionTrigger.Reactivated;
    private int _yields;

    public IRightHandSideExpression Action(Expression<Action<IContext>> action, ActionTrigger actionTrigger) => Add(action, actionTrigger);

    public IRightHandSideExpression Do(Expression<Action<IContext>> action) => Add(action, Firing);

    public IRightHandSideExpression Do(Expression<Action<IContext>> action, ActionTrigger actionTrigger) => Add(action, actionTrigger);

    public IRightHandSideExpression Undo(Expression<Action<IContext>> action) => Add(action, ActionTrigger.Deactivated);

    public IRightHandSideExpression Yield<TFact>(Expression<Func<IContext, TFact>> yield) =>
        AddYield(yield, Expression.Lambda<Func<IContext, TFact, TFact>>(yield.Body, yield.Parameters[0], Expression.Parameter(typeof(TFact))));

    public IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert, Expression<Func<IContext, TFact, TFact>> yieldUpdate) =>
        AddYield(yieldInsert, yieldUpdate);

    public IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert,
        Expression<Func<IContext, TFact, TFact>> yieldUpdate,
        Expression<Action<IContext, TFact>> yieldRemove)
    {
        AddYield(yieldInsert, yieldUpdate);
        var context = yieldRemove.Parameters[0];
        var linked = yieldRemove.Parameters[1];
        var body = Expression.Block(
            [linked],
            Expression.Assign(linked, Linked<TFact>(context, Key(_yields))),
            yieldRemove.Body);
        return Add(Expression.Lambda<Action<IContext>>(body, context), ActionTrigger.Deactivated);
    }

    private static ConstantExpression Key(int number) => Expression.Constant($"yield:{number}", typeof(object));

    private static UnaryExpression Linked<TFact>(ParameterExpression context, Expression key) =>
        Expression.Convert(Expression.Call(context, nameof(IContext.GetLinked), null, key), typeof(TFact));

    private RightHandSideExpression AddYield<TFact>(
        Expression<Func<IContext, TFact>> insert, Expression<Func<IContext, TFact, TFact>> update)
    {
        var context = insert.Parameters[0];
        var key = Key(++_yields);
        var linked = update.Parameters[1];
        var updateBody = ParameterReplacer.Replace(update.Body, update.Parameters[0], context);
        var body = Expression.IfThenElse(
            Expression.Equal(Expression.Call(context, nameof(IContext.GetLinked), null, key), Expression.Constant(null, typeof(object))),
            Expression.Call(context, nameof(IContext.InsertLinked), null, key, Expression.Convert(insert.Body, typeof(object))),
            Expression.Block(
                [linked],
                Expression.Assign(linked, Linked<TFact>(context, key)),
                Expression.Call(context, nameof(IContext.UpdateLinked), null, key, Expression.Convert(updateBody, typeof(object)))));
        return Add(Expression.Lambda<Action<IContext>>(body, context), Firing);
    }

    private RightHandSideExpression Add(LambdaExpression action, ActionTrigger trigger)
    {
        builder.Action(ExpressionRewriter.Rewrite(symbols.Scope, action), trigger);
        return this;
    }

    private sealed class ParameterReplacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        public static Expression Replace(Expression expression, ParameterExpression from, ParameterExpression to) =>
            new ParameterReplacer(from, to).Visit(expression);

        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
