using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Filter that a match must pass to be put on the agenda.</summary>
public class FilterElement : ExpressionElement
{
    internal FilterElement(FilterType filterType, LambdaExpression expression)
        : base(expression)
    {
        FilterType = filterType;
    }

    /// <summary>Kind of filter.</summary>
    public FilterType FilterType { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Filter;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitFilter(context, this);
}
