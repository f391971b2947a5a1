using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Calculates a value from the facts matched so far.</summary>
public class BindingElement : ExpressionElement
{
    internal BindingElement(Type resultType, LambdaExpression expression)
        : base(expression)
    {
        ResultType = resultType;
    }

    /// <summary>Type of the value.</summary>
    public Type ResultType { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Binding;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitBinding(context, this);
}
