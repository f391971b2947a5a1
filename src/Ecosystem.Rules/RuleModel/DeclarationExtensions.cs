using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Moves between declarations and the parameters of expressions.</summary>
public static class DeclarationExtensions
{
    /// <summary>Makes a parameter with the name and the type of a declaration.</summary>
    /// <param name="declaration">Declaration to refer to.</param>
    /// <returns>A new parameter.</returns>
    public static ParameterExpression ToParameterExpression(this Declaration declaration) =>
        Expression.Parameter(declaration.Type, declaration.Name);

    /// <summary>Makes a declaration with the name and the type of a parameter.</summary>
    /// <param name="parameter">Parameter of an expression.</param>
    /// <returns>A new declaration.</returns>
    /// <exception cref="ArgumentException">The parameter has no name.</exception>
    public static Declaration ToDeclaration(this ParameterExpression parameter) =>
        new(parameter.Type, parameter.Name ?? throw new ArgumentException("Expression parameter has no name.", nameof(parameter)));
}
