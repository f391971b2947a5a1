using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

internal sealed class LeftHandSideExpression(GroupBuilder builder, SymbolStack symbols) : ILeftHandSideExpression
{
    private PatternBuilder? _current;

    public ILeftHandSideExpression Match<TFact>(Expression<Func<TFact?>> alias, params Expression<Func<TFact, bool>>[] conditions)
    {
        var (type, name) = alias.ToSymbol();
        return Match(new PatternBuilder(type, name), conditions);
    }

    public ILeftHandSideExpression Match<TFact>(params Expression<Func<TFact, bool>>[] conditions) =>
        Match(new PatternBuilder(typeof(TFact)), conditions);

    public ILeftHandSideExpression Exists<TFact>(params Expression<Func<TFact, bool>>[] conditions)
    {
        builder.Exists().Pattern(typeof(TFact)).AddConditions(symbols.Scope, conditions);
        return this;
    }

    public ILeftHandSideExpression Not<TFact>(params Expression<Func<TFact, bool>>[] conditions)
    {
        builder.Not().Pattern(typeof(TFact)).AddConditions(symbols.Scope, conditions);
        return this;
    }

    public ILeftHandSideExpression All<TFact>(
        Expression<Func<TFact, bool>> baseCondition, params Expression<Func<TFact, bool>>[] conditions) =>
        ForAll<TFact>([baseCondition], conditions);

    public ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> condition) => All(_ => true, condition);

    public ILeftHandSideExpression Query<TResult>(Expression<Func<TResult?>> alias, Func<IQuery, IQuery<TResult>> queryExpression)
    {
        var query = new QueryBuilder(alias.ToSymbol().Name, symbols);
        queryExpression(query);
        _current = query.Build();
        builder.Pattern(_current);
        return this;
    }

    public ILeftHandSideExpression And(Action<ILeftHandSideExpression> builder) => Group(GroupType.And, builder);

    public ILeftHandSideExpression Or(Action<ILeftHandSideExpression> builder) => Group(GroupType.Or, builder);

    public ILeftHandSideExpression Let<TResult>(Expression<Func<TResult?>> alias, Expression<Func<TResult>> expression)
    {
        var (type, name) = alias.ToSymbol();
        var pattern = new PatternBuilder(type, name);
        pattern.Binding().BindingExpression(ExpressionRewriter.Rewrite(symbols.Scope, expression));
        return Add(pattern);
    }

    public ILeftHandSideExpression Having(params Expression<Func<bool>>[] conditions)
    {
        if (_current is null)
        {
            throw new ArgumentException("HAVING clause can only be used on existing rule patterns");
        }

        _current.AddConditions(symbols.Scope, conditions);
        return this;
    }

    private LeftHandSideExpression Match(PatternBuilder pattern, IEnumerable<LambdaExpression> conditions)
    {
        symbols.Add(pattern.Declaration);
        pattern.AddConditions(symbols.Scope, conditions);
        return Add(pattern);
    }

    private LeftHandSideExpression Add(PatternBuilder pattern)
    {
        symbols.Add(pattern.Declaration);
        builder.Pattern(pattern);
        _current = pattern;
        return this;
    }

    private LeftHandSideExpression ForAll<TFact>(IEnumerable<LambdaExpression> baseConditions, IEnumerable<LambdaExpression> conditions)
    {
        var forAll = builder.ForAll();
        forAll.BasePattern(typeof(TFact)).AddConditions(symbols.Scope, baseConditions);
        forAll.Pattern(typeof(TFact)).AddConditions(symbols.Scope, conditions);
        return this;
    }

    private LeftHandSideExpression Group(GroupType groupType, Action<ILeftHandSideExpression> define)
    {
        define(new LeftHandSideExpression(builder.Group(groupType), symbols));
        return this;
    }
}
