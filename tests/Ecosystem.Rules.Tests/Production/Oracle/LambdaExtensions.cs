using System.Linq.Expressions;

namespace Ecosystem.Rules.Tests.Production.Oracle;

internal static class LambdaExtensions
{
    /// <summary>Makes parameters of the body that have the name of one of the lambda's parameters that parameter.</summary>
    public static LambdaExpression Fix(this LambdaExpression lambda) =>
        Expression.Lambda(new ByName(lambda.Parameters).Visit(lambda.Body), lambda.Parameters);

    private sealed class ByName(IReadOnlyList<ParameterExpression> parameters) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => parameters.First(p => p.Name == node.Name);
    }
}
