namespace Ecosystem.Rules.Aggregators;

/// <summary>Finds expressions of an aggregation by name.</summary>
public static class AggregateExpressionExtensions
{
    /// <summary>Lists the expressions with a name.</summary>
    /// <param name="expressions">Expressions.</param>
    /// <param name="name">Name.</param>
    /// <returns>Those with the name, in order.</returns>
    public static IEnumerable<IAggregateExpression> Find(this IEnumerable<IAggregateExpression> expressions, string name) =>
        expressions.Where(e => e.Name == name);

    /// <summary>Finds the one expression with a name.</summary>
    /// <param name="expressions">Expressions.</param>
    /// <param name="name">Name.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public static IAggregateExpression FindSingle(this IEnumerable<IAggregateExpression> expressions, string name) =>
        expressions.Find(name).Single();

    /// <summary>Finds the one expression with a name, if there is one.</summary>
    /// <param name="expressions">Expressions.</param>
    /// <param name="name">Name.</param>
    /// <returns>The expression, or null.</returns>
    /// <exception cref="InvalidOperationException">There is more than one.</exception>
    public static IAggregateExpression? FindSingleOrDefault(this IEnumerable<IAggregateExpression> expressions, string name) =>
        expressions.Find(name).SingleOrDefault();
}
