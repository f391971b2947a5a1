using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Element that carries an expression; the parameters of the expression are named after the rule's variables.</summary>
public abstract class ExpressionElement : RuleElement
{
    internal ExpressionElement(LambdaExpression expression)
    {
        Expression = expression;
        AddImports(expression);
    }

    /// <summary>The expression.</summary>
    public LambdaExpression Expression { get; }
}
