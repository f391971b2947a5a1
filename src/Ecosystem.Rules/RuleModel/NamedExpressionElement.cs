using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Expression with a name, such as a pattern's condition or an aggregate's key selector.</summary>
public class NamedExpressionElement : ExpressionElement
{
    internal NamedExpressionElement(string name, LambdaExpression expression)
        : base(expression)
    {
        Name = name;
    }

    /// <summary>Name of the expression; several expressions of an element may share one.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.NamedExpression;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitNamedExpression(context, this);
}
