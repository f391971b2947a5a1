using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Action that runs when the rule fires.</summary>
public class ActionElement : RuleRightElement
{
    /// <summary>Changes of a match on which actions run unless told otherwise: it is new or was updated.</summary>
    public const ActionTrigger DefaultTrigger = ActionTrigger.Activated | ActionTrigger.Reactivated;

    internal ActionElement(LambdaExpression expression, ActionTrigger actionTrigger)
    {
        Expression = expression;
        ActionTrigger = actionTrigger;
        AddImports(expression);
    }

    /// <summary>Expression whose first parameter is the <see cref="IContext"/>.</summary>
    public LambdaExpression Expression { get; }

    /// <summary>Changes of the match on which the action runs.</summary>
    public ActionTrigger ActionTrigger { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Action;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitAction(context, this);
}
