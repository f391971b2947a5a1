using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds the agenda filters of a rule.</summary>
public class FilterGroupBuilder : RuleElementBuilder, IBuilder<FilterGroupElement>
{
    private readonly List<FilterElement> _filters = [];

    /// <summary>Adds a filter.</summary>
    /// <param name="filterType">Kind of filter.</param>
    /// <param name="expression">Expression whose parameters are named after the rule's variables.</param>
    public void Filter(FilterType filterType, LambdaExpression expression) => _filters.Add(Element.Filter(filterType, expression));

    /// <summary>Adds a filter.</summary>
    /// <param name="element">The filter.</param>
    public void Filter(FilterElement element) => _filters.Add(element);

    /// <summary>Makes the group of filters.</summary>
    /// <returns>The group.</returns>
    public FilterGroupElement Build() => Element.FilterGroup(_filters);

    internal override RuleElement BuildElement() => Build();
}
