using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Network;

/// <summary>Brings conditions to the form the network is built from: alternatives, each a list of patterns, negations and existence tests.</summary>
internal static class RuleNormalizer
{
    public static List<List<RuleElement>> Alternatives(RuleElement element) => element switch
    {
        AndElement and => and.ChildElements.Aggregate(
            new List<List<RuleElement>> { new() },
            (combined, child) => [.. combined.SelectMany(before => Alternatives(child), (before, after) => before.Concat(after).ToList())]),
        OrElement or => [.. or.ChildElements.SelectMany(Alternatives)],
        NotElement { Source: OrElement or } => Alternatives(Element.AndGroup(or.ChildElements.Select(c => (RuleElement)Element.Not(c)))),
        ExistsElement { Source: OrElement or } => [.. or.ChildElements.SelectMany(c => Alternatives(Element.Exists(c)))],
        ForAllElement forAll => [[ToNegation(forAll)]],
        _ => [[element]],
    };

    /// <summary>Every fact of the base pattern matches the others: there is no fact of the base pattern that does not.</summary>
    private static NotElement ToNegation(ForAllElement forAll)
    {
        var declaration = new Declaration(forAll.BasePattern.ValueType, forAll.BasePattern.Declaration.Name);
        var own = declaration.ToParameterExpression();
        var parameters = new List<ParameterExpression> { own };
        Expression? all = null;
        foreach (var pattern in forAll.Patterns)
        {
            if (pattern.ValueType != declaration.Type)
            {
                all = And(all, Expression.TypeIs(own, pattern.ValueType));
            }

            foreach (var condition in pattern.Expressions.Find(PatternElement.ConditionName))
            {
                var merger = new Merger(pattern.Declaration.Name, own, parameters);
                all = And(all, merger.Visit(condition.Expression.Body));
            }
        }

        var counter = Expression.Lambda(Expression.Not(all ?? Expression.Constant(true)), parameters);
        var conditions = forAll.BasePattern.Expressions.Append(Element.Condition(counter));
        return Element.Not(Element.Pattern(declaration, conditions, null));
    }

    private static Expression And(Expression? left, Expression right) => left is null ? right : Expression.AndAlso(left, right);

    /// <summary>Replaces the pattern's own parameter by the base pattern's, and parameters of the same name by one.</summary>
    private sealed class Merger(string ownName, ParameterExpression own, List<ParameterExpression> parameters) : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _bound = [];

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _bound.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            if (_bound.Contains(node))
            {
                return node;
            }

            if (node.Name == ownName)
            {
                return node.Type == own.Type ? own : Expression.Convert(own, node.Type);
            }

            var known = parameters.Find(p => p.Name == node.Name && p.Type == node.Type);
            if (known is null)
            {
                parameters.Add(node);
            }

            return known ?? node;
        }
    }
}
