namespace Ecosystem.Rules.RuleModel;

/// <summary>Group that matches once for each of its elements that does.</summary>
public class OrElement : GroupElement
{
    internal OrElement(IEnumerable<RuleElement> childElements)
        : base(childElements)
    {
    }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Or;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitOr(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal OrElement Update(IReadOnlyList<RuleElement> childElements) =>
        childElements == ChildElements ? this : new OrElement(childElements);
}
