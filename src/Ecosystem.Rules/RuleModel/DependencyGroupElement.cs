namespace Ecosystem.Rules.RuleModel;

/// <summary>Services that a rule's actions use.</summary>
public class DependencyGroupElement : RuleElement
{
    private readonly DependencyElement[] _dependencies;

    internal DependencyGroupElement(IEnumerable<DependencyElement> dependencies)
    {
        _dependencies = [.. dependencies];
        AddExports(_dependencies.SelectMany(d => d.Exports));
    }

    /// <summary>The services, in order.</summary>
    public IReadOnlyList<DependencyElement> Dependencies => _dependencies;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.DependencyGroup;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitDependencyGroup(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal DependencyGroupElement Update(IReadOnlyList<DependencyElement> dependencies) =>
        dependencies == Dependencies ? this : new DependencyGroupElement(dependencies);
}
