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
    public IReadOnlyList<FilterElement> Filters => _filters;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.FilterGroup;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitFilterGroup(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal FilterGroupElement Update(IReadOnlyList<FilterElement> filters) =>
        filters == Filters ? this : new FilterGroupElement(filters);
}
