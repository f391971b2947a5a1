using System.Linq.Expressions;
using System.Reflection;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Expressions;

/// <summary>
/// Turns lambdas that use a rule's variables as captured locals (or as members of the rule) into lambdas that take them as parameters named
/// after the variables. Parameters follow the lambda's own in the order of first use.
/// </summary>
internal sealed class ExpressionRewriter : ExpressionVisitor
{
    private readonly IReadOnlyDictionary<string, Declaration> _scope;
    private readonly List<ParameterExpression> _parameters = [];
    private readonly Dictionary<ParameterExpression, Expression> _replacements = [];

    private ExpressionRewriter(IReadOnlyDictionary<string, Declaration> scope)
    {
        _scope = scope;
    }

    public static LambdaExpression Rewrite(IReadOnlyDictionary<string, Declaration> scope, LambdaExpression expression)
    {
        var rewriter = new ExpressionRewriter(scope);
        rewriter._parameters.AddRange(expression.Parameters);
        return rewriter.Finish(expression);
    }

    /// <summary>Rewrites a lambda whose first parameter is the fact of a pattern.</summary>
    public static LambdaExpression Rewrite(IReadOnlyDictionary<string, Declaration> scope, Declaration pattern, LambdaExpression expression)
    {
        if (expression.Parameters.Count == 0)
        {
            return Rewrite(scope, expression);
        }

        var rewriter = new ExpressionRewriter(scope);
        var own = expression.Parameters[0];
        var parameter = pattern.ToParameterExpression();
        rewriter._parameters.Add(parameter);
        rewriter._parameters.AddRange(expression.Parameters.Skip(1));
        rewriter._replacements.Add(own, own.Type == parameter.Type ? parameter : Expression.Convert(parameter, own.Type));
        return rewriter.Finish(expression);
    }

    protected override Expression VisitParameter(ParameterExpression node) =>
        _replacements.TryGetValue(node, out var replacement) ? replacement : node;

    protected override Expression VisitMember(MemberExpression node)
    {
        if (!IsVariable(node) || !_scope.TryGetValue(node.Member.Name, out var declaration) || !node.Type.IsAssignableFrom(declaration.Type))
        {
            return base.VisitMember(node);
        }

        var parameter = _parameters.Find(p => p.Name == declaration.Name && p.Type == declaration.Type);
        if (parameter is null)
        {
            parameter = declaration.ToParameterExpression();
            _parameters.Add(parameter);
        }

        return parameter.Type == node.Type ? parameter : Expression.Convert(parameter, node.Type);
    }

    /// <summary>A captured local is a field of a compiler-made closure, reached from a constant through further closures; a member of the rule is reached from the rule itself, or is static.</summary>
    private static bool IsVariable(MemberExpression node)
    {
        if (node.Member.MemberType is not (MemberTypes.Field or MemberTypes.Property))
        {
            return false;
        }

        var target = node.Expression;
        while (target is MemberExpression { Member: FieldInfo } closure && IsClosure(closure.Type))
        {
            target = closure.Expression;
        }

        return target is ConstantExpression || (target is null && typeof(Dsl.Rule).IsAssignableFrom(node.Member.DeclaringType));
    }

    private static bool IsClosure(Type type) =>
        type.IsNestedPrivate && type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false);

    private LambdaExpression Finish(LambdaExpression expression)
    {
        var body = Visit(expression.Body);
        return expression.ReturnType == typeof(void)
            ? Expression.Lambda(Expression.GetActionType([.. _parameters.Select(p => p.Type)]), body, _parameters)
            : Expression.Lambda(body.Type == expression.ReturnType ? body : Expression.Convert(body, expression.ReturnType), _parameters);
    }
}
