using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

internal sealed class FilterExpression(FilterGroupBuilder builder, SymbolStack symbols) : IFilterExpression
{
    public IFilterExpression OnChange(params Expression<Func<object?>>[] keySelectors) => Add(FilterType.KeyChange, keySelectors);

    public IFilterExpression Where(params Expression<Func<bool>>[] predicates) => Add(FilterType.Predicate, predicates);

    private FilterExpression Add(FilterType type, IEnumerable<LambdaExpression> expressions)
    {
        foreach (var expression in expressions)
        {
            builder.Filter(type, ExpressionRewriter.Rewrite(symbols.Scope, expression));
        }

        return this;
    }
}
