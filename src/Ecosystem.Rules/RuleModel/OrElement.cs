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

    internal override void Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitOr(context, this);
}
