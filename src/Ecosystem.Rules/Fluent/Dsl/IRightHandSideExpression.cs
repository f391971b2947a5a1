using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Actions of a rule.</summary>
public interface IRightHandSideExpression
{
    /// <summary>Adds an action for given changes of a match.</summary>
    /// <param name="action">Action.</param>
    /// <param name="actionTrigger">Changes of the match on which the action runs.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Action(Expression<Action<IContext>> action, ActionTrigger actionTrigger);

    /// <summary>Adds an action that runs when the rule fires for a new or an updated match.</summary>
    /// <param name="action">Action.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Do(Expression<Action<IContext>> action);

    /// <summary>Adds an action for given changes of a match.</summary>
    /// <param name="action">Action.</param>
    /// <param name="actionTrigger">Changes of the match on which the action runs.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Do(Expression<Action<IContext>> action, ActionTrigger actionTrigger);

    /// <summary>Adds an action that runs when a match the rule fired on does not hold any more.</summary>
    /// <param name="action">Action.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Undo(Expression<Action<IContext>> action);

    /// <summary>Yields a fact that lives as long as the match. It is calculated again when the match is updated.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <param name="yield">Makes the fact.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Yield<TFact>(Expression<Func<IContext, TFact>> yield);

    /// <summary>Yields a fact that lives as long as the match.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <param name="yieldInsert">Makes the fact.</param>
    /// <param name="yieldUpdate">Makes the fact anew, or changes it, when the match is updated.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert, Expression<Func<IContext, TFact, TFact>> yieldUpdate);

    /// <summary>Yields a fact that lives as long as the match.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <param name="yieldInsert">Makes the fact.</param>
    /// <param name="yieldUpdate">Makes the fact anew, or changes it, when the match is updated.</param>
    /// <param name="yieldRemove">Runs when the match does not hold any more.</param>
    /// <returns>Actions to continue.</returns>
    IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert,
        Expression<Func<IContext, TFact, TFact>> yieldUpdate,
        Expression<Action<IContext, TFact>> yieldRemove);
}
