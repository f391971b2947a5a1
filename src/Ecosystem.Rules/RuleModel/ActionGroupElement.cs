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
    public IEnumerable<ActionElement> Actions => _actions;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.ActionGroup;

    internal override void Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitActionGroup(context, this);
}
