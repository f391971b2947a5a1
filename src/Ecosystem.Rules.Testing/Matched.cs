using System.Linq.Expressions;

namespace Ecosystem.Rules.Testing;

/// <summary>Says what a matched fact must be.</summary>
public static class Matched
{
    /// <summary>A fact of a type.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <returns>Constraint.</returns>
    public static FactConstraint<TFact> Fact<TFact>()
        where TFact : notnull => new TypedConstraint<TFact>(static _ => true, string.Empty);

    /// <summary>A fact that is equal to a value.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <param name="factValue">The value.</param>
    /// <returns>Constraint.</returns>
    public static FactConstraint<TFact> Fact<TFact>(TFact factValue)
        where TFact : notnull => new TypedConstraint<TFact>(f => Equals(f, factValue), $" equal to {factValue}");

    /// <summary>A fact that satisfies a predicate.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <param name="predicateExpression">Predicate.</param>
    /// <returns>Constraint.</returns>
    public static FactConstraint<TFact> Fact<TFact>(Expression<Func<TFact, bool>> predicateExpression)
        where TFact : notnull => new TypedConstraint<TFact>(predicateExpression.Compile(), $" where {predicateExpression}");
}
