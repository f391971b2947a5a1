using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Calculates a match's priority from its facts when the match is put on the agenda.</summary>
public class PriorityElement : ExpressionElement
{
    internal PriorityElement(LambdaExpression expression)
        : base(expression)
    {
    }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Priority;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) => visitor.VisitPriority(context, this);
}
