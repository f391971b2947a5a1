using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds the actions of a rule.</summary>
public class ActionGroupBuilder : RuleElementBuilder, IBuilder<ActionGroupElement>
{
    private readonly List<ActionElement> _actions = [];

    /// <summary>Adds an action that runs when the rule fires for a new or an updated match.</summary>
    /// <param name="expression">Expression whose first parameter is the <see cref="IContext"/>; the others are named after the rule's variables.</param>
    public void Action(LambdaExpression expression) => _actions.Add(Element.Action(expression));

    /// <summary>Adds an action.</summary>
    /// <param name="expression">Expression whose first parameter is the <see cref="IContext"/>; the others are named after the rule's variables.</param>
    /// <param name="actionTrigger">Changes of the match on which the action runs.</param>
    public void Action(LambdaExpression expression, ActionTrigger actionTrigger) => _actions.Add(Element.Action(expression, actionTrigger));

    /// <summary>Adds an action.</summary>
    /// <param name="element">The action.</param>
    public void Action(ActionElement element) => _actions.Add(element);

    /// <summary>Makes the group of actions.</summary>
    /// <returns>The group.</returns>
    public ActionGroupElement Build() => Element.ActionGroup(_actions);

    internal override RuleElement BuildElement() => Build();
}
