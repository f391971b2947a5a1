using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Operators of queries.</summary>
public static class QueryExtensions
{
    /// <summary>Starts with the facts of the session.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="query">Query.</param>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<TFact> Match<TFact>(this IQuery query, params Expression<Func<TFact, bool>>[] conditions)
    {
        query.Builder.FactQuery(conditions);
        return new QueryExpression<TFact>(query.Builder);
    }

    /// <summary>Starts with a value calculated from the variables bound so far.</summary>
    /// <typeparam name="TFact">Type of value.</typeparam>
    /// <param name="query">Query.</param>
    /// <param name="source">Calculation.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<TFact> From<TFact>(this IQuery query, Expression<Func<TFact>> source)
    {
        query.Builder.From(source);
        return new QueryExpression<TFact>(query.Builder);
    }

    /// <summary>Keeps what satisfies all conditions.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="predicates">Conditions.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<TSource> Where<TSource>(this IQuery<TSource> source, params Expression<Func<TSource, bool>>[] predicates)
    {
        source.Builder.Where(predicates);
        return new QueryExpression<TSource>(source.Builder);
    }

    /// <summary>Projects each fact to another.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of projection.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="selector">Projection.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<TResult> Select<TSource, TResult>(this IQuery<TSource> source, Expression<Func<TSource, TResult>> selector)
    {
        source.Builder.Select(selector);
        return new QueryExpression<TResult>(source.Builder);
    }

    /// <summary>Flattens collections held by facts.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of the collections' elements.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="selector">Selects a collection.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<TResult> SelectMany<TSource, TResult>(
        this IQuery<TSource> source, Expression<Func<TSource, IEnumerable<TResult>>> selector)
    {
        source.Builder.SelectMany(selector);
        return new QueryExpression<TResult>(source.Builder);
    }

    /// <summary>Groups facts by key.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(
        this IQuery<TSource> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.GroupBy(keySelector, (TSource x) => x);
        return new QueryExpression<IGrouping<TKey, TSource>>(source.Builder);
    }

    /// <summary>Groups projections of facts by key.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <typeparam name="TElement">Type of projection.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element of the group.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(
        this IQuery<TSource> source, Expression<Func<TSource, TKey>> keySelector, Expression<Func<TSource, TElement>> elementSelector)
    {
        source.Builder.GroupBy(keySelector, elementSelector);
        return new QueryExpression<IGrouping<TKey, TElement>>(source.Builder);
    }

    /// <summary>Collects facts into one collection, which is empty if there are none.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <param name="source">Query.</param>
    /// <returns>Query to continue.</returns>
    public static ICollectQuery<IEnumerable<TSource>> Collect<TSource>(this IQuery<TSource> source)
    {
        source.Builder.Collect<TSource>();
        return new QueryExpression<IEnumerable<TSource>>(source.Builder);
    }

    /// <summary>Arranges collected facts by themselves, so that equal ones come together.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <param name="source">Query.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<IKeyedLookup<TSource, TSource>> ToLookup<TSource>(this ICollectQuery<IEnumerable<TSource>> source) =>
        source.ToLookup(x => x);

    /// <summary>Arranges collected facts by key.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<IKeyedLookup<TKey, TSource>> ToLookup<TSource, TKey>(
        this ICollectQuery<IEnumerable<TSource>> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.ToLookup(keySelector, (TSource x) => x);
        return new QueryExpression<IKeyedLookup<TKey, TSource>>(source.Builder);
    }

    /// <summary>Arranges projections of collected facts by key.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <typeparam name="TElement">Type of projection.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element.</param>
    /// <returns>Query to continue.</returns>
    public static IQuery<IKeyedLookup<TKey, TElement>> ToLookup<TSource, TKey, TElement>(
        this ICollectQuery<IEnumerable<TSource>> source,
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>> elementSelector)
    {
        source.Builder.ToLookup(keySelector, elementSelector);
        return new QueryExpression<IKeyedLookup<TKey, TElement>>(source.Builder);
    }

    /// <summary>Sorts collected facts, the smallest key first.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IOrderedQuery<IEnumerable<TSource>> OrderBy<TSource, TKey>(
        this ICollectQuery<IEnumerable<TSource>> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.OrderBy(keySelector, SortDirection.Ascending);
        return new QueryExpression<IEnumerable<TSource>>(source.Builder);
    }

    /// <summary>Sorts collected facts, the largest key first.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IOrderedQuery<IEnumerable<TSource>> OrderByDescending<TSource, TKey>(
        this ICollectQuery<IEnumerable<TSource>> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.OrderBy(keySelector, SortDirection.Descending);
        return new QueryExpression<IEnumerable<TSource>>(source.Builder);
    }

    /// <summary>Sorts facts that are equal by the keys before, the smallest key first.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IOrderedQuery<IEnumerable<TSource>> ThenBy<TSource, TKey>(
        this IOrderedQuery<IEnumerable<TSource>> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.OrderBy(keySelector, SortDirection.Ascending);
        return new QueryExpression<IEnumerable<TSource>>(source.Builder);
    }

    /// <summary>Sorts facts that are equal by the keys before, the largest key first.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="source">Query.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <returns>Query to continue.</returns>
    public static IOrderedQuery<IEnumerable<TSource>> ThenByDescending<TSource, TKey>(
        this IOrderedQuery<IEnumerable<TSource>> source, Expression<Func<TSource, TKey>> keySelector)
    {
        source.Builder.OrderBy(keySelector, SortDirection.Descending);
        return new QueryExpression<IEnumerable<TSource>>(source.Builder);
    }
}
