using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Expressions;

/// <summary>Collects the operators of a query from the inside out and builds the nested patterns when the query is complete.</summary>
internal sealed class QueryBuilder(string name, SymbolStack symbols) : IQuery, IQueryBuilder
{
    private Func<string?, PatternBuilder>? _build;

    public IQueryBuilder Builder => this;

    public PatternBuilder Build()
    {
        PatternBuilder pattern;
        using (symbols.Frame())
        {
            pattern = Source(name);
        }

        symbols.Add(pattern.Declaration);
        return pattern;
    }

    public void FactQuery<TSource>(Expression<Func<TSource, bool>>[] conditions) => _build = alias =>
    {
        var pattern = new PatternBuilder(typeof(TSource), alias);
        pattern.AddConditions(symbols.Scope, conditions);
        return pattern;
    };

    public void From<TSource>(Expression<Func<TSource>> source) => _build = alias =>
    {
        var pattern = new PatternBuilder(typeof(TSource), alias);
        pattern.Binding().BindingExpression(ExpressionRewriter.Rewrite(symbols.Scope, source));
        return pattern;
    };

    public void Where<TSource>(Expression<Func<TSource, bool>>[] predicates)
    {
        var source = _build;
        _build = alias =>
        {
            var pattern = Previous(source, alias);
            pattern.AddConditions(symbols.Scope, predicates);
            return pattern;
        };
    }

    public void Select<TSource, TResult>(Expression<Func<TSource, TResult>> selector) =>
        Add<TResult>((aggregate, source) => aggregate.Project(Rewrite(source, selector)));

    public void SelectMany<TSource, TResult>(Expression<Func<TSource, IEnumerable<TResult>>> selector) =>
        Add<TResult>((aggregate, source) => aggregate.Flatten(Rewrite(source, selector)));

    public void GroupBy<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector, Expression<Func<TSource, TElement>> elementSelector) =>
        Add<IGrouping<TKey, TElement>>(
            (aggregate, source) => aggregate.GroupBy(Rewrite(source, keySelector), Rewrite(source, elementSelector)));

    public void Collect<TSource>() => Collect<TSource>(typeof(IEnumerable<TSource>), (_, _) => { });

    public void ToLookup<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector, Expression<Func<TSource, TElement>> elementSelector) =>
        Collect<TSource>(
            typeof(IKeyedLookup<TKey, TElement>),
            (aggregate, source) => aggregate.ToLookup(Rewrite(source, keySelector), Rewrite(source, elementSelector)));

    public void OrderBy<TSource, TKey>(Expression<Func<TSource, TKey>> keySelector, SortDirection sortDirection)
    {
        var configure = _configureCollect ?? throw new InvalidOperationException("OrderBy can only follow Collect");
        Collect<TSource>(
            typeof(IEnumerable<TSource>),
            (aggregate, source) =>
            {
                configure(aggregate, source);
                aggregate.OrderBy(Rewrite(source, keySelector), sortDirection);
            });
    }

    public void Aggregate<TSource, TResult>(string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions) =>
        Aggregate<TSource, TResult>(name, expressions, null);

    public void Aggregate<TSource, TResult>(
        string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions, Type? customFactoryType) =>
        Add<TResult>((aggregate, source) => aggregate.Aggregator(
            name,
            expressions.Select(e => KeyValuePair.Create(e.Key, Rewrite(source, e.Value))).ToArray(),
            customFactoryType));

    private Action<AggregateBuilder, PatternBuilder>? _configureCollect;
    private Func<string?, PatternBuilder>? _collectSource;

    /// <summary>Collecting operators that follow each other (Collect, OrderBy, ThenBy, ToLookup) are one aggregation of one source.</summary>
    private void Collect<TSource>(Type resultType, Action<AggregateBuilder, PatternBuilder> configure)
    {
        if (_configureCollect is null)
        {
            _collectSource = _build;
        }

        var source = _collectSource;
        Add(resultType, source, (aggregate, pattern) =>
        {
            aggregate.Collect();
            configure(aggregate, pattern);
        });
        _configureCollect = configure;
        _collectSource = source;
    }

    private void Add<TResult>(Action<AggregateBuilder, PatternBuilder> configure) => Add(typeof(TResult), _build, configure);

    private void Add(Type resultType, Func<string?, PatternBuilder>? source, Action<AggregateBuilder, PatternBuilder> configure)
    {
        _configureCollect = null;
        _collectSource = null;
        _build = alias =>
        {
            var pattern = new PatternBuilder(resultType, alias);
            using (symbols.Frame())
            {
                var sourcePattern = Previous(source, null);
                var aggregate = pattern.Aggregate();
                configure(aggregate, sourcePattern);
                aggregate.Pattern(sourcePattern);
            }

            return pattern;
        };
    }

    private PatternBuilder Source(string? alias) => Previous(_build, alias);

    private static PatternBuilder Previous(Func<string?, PatternBuilder>? source, string? alias) => source is null
        ? throw new InvalidOperationException("Query must start with Match or From")
        : source(alias);

    private LambdaExpression Rewrite(PatternBuilder source, LambdaExpression expression) =>
        ExpressionRewriter.Rewrite(symbols.Scope, source.Declaration, expression);
}
