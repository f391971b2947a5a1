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
    public IEnumerable<DependencyElement> Dependencies => _dependencies;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.DependencyGroup;

    internal override void Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitDependencyGroup(context, this);
}
