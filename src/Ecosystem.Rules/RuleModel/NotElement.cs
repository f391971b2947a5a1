namespace Ecosystem.Rules.RuleModel;

/// <summary>Matches when its source does not.</summary>
public class NotElement : RuleLeftElement
{
    internal NotElement(RuleElement source)
    {
        Source = source;
        AddImports(source.Imports);
    }

    /// <summary>What must not match.</summary>
    public RuleElement Source { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Not;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitNot(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal NotElement Update(RuleElement source) =>
        source == Source ? this : new NotElement(source);
}
