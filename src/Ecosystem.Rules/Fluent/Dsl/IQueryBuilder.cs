using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Takes the operators of a query. Queries are written with <see cref="QueryExtensions"/>; custom operators call this.</summary>
public interface IQueryBuilder
{
    /// <summary>Starts with facts of the session.</summary>
    /// <typeparam name="TSource">Type of facts.</typeparam>
    /// <param name="conditions">Conditions; all must be true.</param>
    void FactQuery<TSource>(Expression<Func<TSource, bool>>[] conditions);

    /// <summary>Starts with a calculated value.</summary>
    /// <typeparam name="TSource">Type of value.</typeparam>
    /// <param name="source">Calculation.</param>
    void From<TSource>(Expression<Func<TSource>> source);

    /// <summary>Filters.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <param name="predicates">Conditions; all must be true.</param>
    void Where<TSource>(Expression<Func<TSource, bool>>[] predicates);

    /// <summary>Projects.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of result.</typeparam>
    /// <param name="selector">Projection.</param>
    void Select<TSource, TResult>(Expression<Func<TSource, TResult>> selector);

    /// <summary>Flattens.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of result.</typeparam>
    /// <param name="selector">Selects the collection to flatten.</param>
    void SelectMany<TSource, TResult>(Expression<Func<TSource, IEnumerable<TResult>>> selector);

    /// <summary>Groups.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <typeparam name="TElement">Type of element.</typeparam>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element.</param>
    void GroupBy<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector, Expression<Func<TSource, TElement>> elementSelector);

    /// <summary>Collects.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    void Collect<TSource>();

    /// <summary>Arranges collected facts by key.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <typeparam name="TElement">Type of element.</typeparam>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element.</param>
    void ToLookup<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector, Expression<Func<TSource, TElement>> elementSelector);

    /// <summary>Sorts collected facts.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TKey">Type of key.</typeparam>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="sortDirection">Order.</param>
    void OrderBy<TSource, TKey>(Expression<Func<TSource, TKey>> keySelector, SortDirection sortDirection);

    /// <summary>Adds a registered custom aggregation.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of result.</typeparam>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions by name; the first parameter of each is the source.</param>
    void Aggregate<TSource, TResult>(string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions);

    /// <summary>Adds a custom aggregation.</summary>
    /// <typeparam name="TSource">Type of source.</typeparam>
    /// <typeparam name="TResult">Type of result.</typeparam>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions by name; the first parameter of each is the source.</param>
    /// <param name="customFactoryType">Type of the aggregation's factory.</param>
    void Aggregate<TSource, TResult>(
        string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions, Type? customFactoryType);
}
