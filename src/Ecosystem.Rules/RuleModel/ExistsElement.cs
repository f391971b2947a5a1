namespace Ecosystem.Rules.RuleModel;

/// <summary>Matches once when its source matches at least once.</summary>
public class ExistsElement : RuleLeftElement
{
    internal ExistsElement(RuleElement source)
    {
        Source = source;
        AddImports(source.Imports);
    }

    /// <summary>What must match.</summary>
    public RuleElement Source { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Exists;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitExists(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal ExistsElement Update(RuleElement source) =>
        source == Source ? this : new ExistsElement(source);
}
