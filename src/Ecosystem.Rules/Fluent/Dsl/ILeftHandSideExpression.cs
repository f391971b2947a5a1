using System.Linq.Expressions;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Conditions of a rule.</summary>
public interface ILeftHandSideExpression
{
    /// <summary>Matches each fact of a type that satisfies conditions and binds it to a variable.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="alias">Variable to bind.</param>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Match<TFact>(Expression<Func<TFact?>> alias, params Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Matches each fact of a type that satisfies conditions.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Match<TFact>(params Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Matches once if at least one fact of a type satisfies conditions.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Exists<TFact>(params Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Matches if no fact of a type satisfies conditions.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Not<TFact>(params Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Matches if every fact that satisfies the base condition also satisfies the others.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="baseCondition">Says which facts are looked at.</param>
    /// <param name="conditions">Conditions that each of those must satisfy.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> baseCondition, params Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Matches if every fact of a type satisfies a condition.</summary>
    /// <typeparam name="TFact">Type of facts.</typeparam>
    /// <param name="condition">Condition that each fact must satisfy.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> condition);

    /// <summary>Matches each result of a query and binds it to a variable.</summary>
    /// <typeparam name="TResult">Type of results.</typeparam>
    /// <param name="alias">Variable to bind.</param>
    /// <param name="queryExpression">Query.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Query<TResult>(Expression<Func<TResult?>> alias, Func<IQuery, IQuery<TResult>> queryExpression);

    /// <summary>Matches when all conditions of a group do.</summary>
    /// <param name="builder">Defines the group.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression And(Action<ILeftHandSideExpression> builder);

    /// <summary>Matches once for each condition of a group that does.</summary>
    /// <param name="builder">Defines the group.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Or(Action<ILeftHandSideExpression> builder);

    /// <summary>Calculates a value and binds it to a variable.</summary>
    /// <typeparam name="TResult">Type of value.</typeparam>
    /// <param name="alias">Variable to bind.</param>
    /// <param name="expression">Calculation over the variables bound so far.</param>
    /// <returns>Conditions to continue.</returns>
    ILeftHandSideExpression Let<TResult>(Expression<Func<TResult?>> alias, Expression<Func<TResult>> expression);

    /// <summary>Adds conditions over the variables bound so far.</summary>
    /// <param name="conditions">Conditions; all must be true.</param>
    /// <returns>Conditions to continue.</returns>
    /// <exception cref="ArgumentException">There is no pattern before.</exception>
    ILeftHandSideExpression Having(params Expression<Func<bool>>[] conditions);
}
