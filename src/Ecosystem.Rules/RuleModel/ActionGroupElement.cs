namespace Ecosystem.Rules.RuleModel;

/// <summary>Actions of a rule.</summary>
public class ActionGroupElement : RuleRightElement
{
    private readonly ActionElement[] _actions;

    internal ActionGroupElement(IEnumerable<ActionElement> actions)
    {
        _actions = [.. actions];
        AddImports(_actions.SelectMany(a => a.Imports));
    }

    /// <summary>The actions, in order.</summary>
    public IReadOnlyList<ActionElement> Actions => _actions;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.ActionGroup;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitActionGroup(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal ActionGroupElement Update(IReadOnlyList<ActionElement> actions) =>
        actions == Actions ? this : new ActionGroupElement(actions);
}
