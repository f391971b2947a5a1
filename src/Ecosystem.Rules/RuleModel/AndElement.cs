namespace Ecosystem.Rules.RuleModel;

/// <summary>Group that matches when all its elements do.</summary>
public class AndElement : GroupElement
{
    internal AndElement(IEnumerable<RuleElement> childElements)
        : base(childElements)
    {
    }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.And;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitAnd(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal AndElement Update(IReadOnlyList<RuleElement> childElements) =>
        childElements == ChildElements ? this : new AndElement(childElements);
}
