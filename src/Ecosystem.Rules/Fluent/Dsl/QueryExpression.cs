namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>A query; custom operators return it.</summary>
/// <typeparam name="TSource">Type of results.</typeparam>
/// <param name="builder">Builder of the query.</param>
public class QueryExpression<TSource>(IQueryBuilder builder) : ICollectQuery<TSource>, IOrderedQuery<TSource>
{
    /// <inheritdoc/>
    public IQueryBuilder Builder { get; } = builder;
}
