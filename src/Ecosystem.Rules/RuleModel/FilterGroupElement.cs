namespace Ecosystem.Rules.RuleModel;

/// <summary>Agenda filters of a rule.</summary>
public class FilterGroupElement : RuleElement
{
    private readonly FilterElement[] _filters;

    internal FilterGroupElement(IEnumerable<FilterElement> filters)
    {
        _filters = [.. filters];
        AddImports(_filters.SelectMany(f => f.Imports));
    }

    /// <summary>The filters, in order.</summary>
    public IEnumerable<FilterElement> Filters => _filters;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.FilterGroup;

    internal override void Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitFilterGroup(context, this);
}
