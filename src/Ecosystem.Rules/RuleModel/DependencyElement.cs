namespace Ecosystem.Rules.RuleModel;

/// <summary>Service that a rule's actions use.</summary>
public class DependencyElement : RuleElement
{
    internal DependencyElement(Declaration declaration, Type serviceType)
    {
        Declaration = declaration;
        ServiceType = serviceType;
        AddExport(declaration);
    }

    /// <summary>Variable the service is bound to.</summary>
    public Declaration Declaration { get; }

    /// <summary>Type of the service.</summary>
    public Type ServiceType { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Dependency;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitDependency(context, this);
}
