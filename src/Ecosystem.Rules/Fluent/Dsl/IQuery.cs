namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Start of a query.</summary>
public interface IQuery
{
    /// <summary>What the query's operators are added to.</summary>
    IQueryBuilder Builder { get; }
}

/// <summary>A query.</summary>
/// <typeparam name="TSource">Type of results.</typeparam>
public interface IQuery<out TSource>
{
    /// <summary>What the query's operators are added to.</summary>
    IQueryBuilder Builder { get; }
}

/// <summary>A query that collects.</summary>
/// <typeparam name="TSource">Type of collection.</typeparam>
public interface ICollectQuery<out TSource> : IQuery<TSource>
{
}

/// <summary>A query that collects in order.</summary>
/// <typeparam name="TSource">Type of collection.</typeparam>
public interface IOrderedQuery<out TSource> : IQuery<TSource>
{
}
