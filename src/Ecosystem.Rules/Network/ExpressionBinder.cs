using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ecosystem.Rules.Extensibility;

namespace Ecosystem.Rules.Network;

/// <summary>
/// Compiles the expressions of rules to delegates that read their arguments straight from tuples and facts: no argument arrays, no boxing of
/// results, and no casts that are known to succeed.
/// </summary>
internal sealed class ExpressionBinder(IExpressionCompiler compiler)
{
    private static readonly FieldInfo ParentField = typeof(Tuple).GetField(nameof(Tuple.Parent))!;
    private static readonly FieldInfo FactField = typeof(FactLink).GetField(nameof(FactLink.Fact))!;
    private static readonly FieldInfo ValueField = typeof(FactBase).GetField(nameof(FactBase.Value))!;
    private static readonly MethodInfo AsMethod = typeof(Unsafe).GetMethods()
        .Single(m => m.Name == nameof(Unsafe.As) && m.GetGenericArguments().Length == 1);

    /// <summary>Compiles an expression over one fact.</summary>
    public Func<T, TResult> OnFact<T, TResult>(LambdaExpression expression)
    {
        var fact = Expression.Parameter(typeof(T));
        return Compile<Func<T, TResult>>(expression, [fact], _ => Expression.Convert(fact, expression.Parameters[0].Type));
    }

    /// <summary>Compiles an expression over the values of one fact and of the variables before it; <paramref name="own"/> names the fact.</summary>
    public Func<Tuple, object, TResult> OnTupleAndFact<TResult>(LambdaExpression expression, TupleLayout layout, string own)
    {
        var tuple = Expression.Parameter(typeof(Tuple));
        var fact = Expression.Parameter(typeof(object));
        return Compile<Func<Tuple, object, TResult>>(
            expression, [tuple, fact], p => p.Name == own ? Cast(fact, p.Type) : Read(tuple, layout, p));
    }

    /// <summary>Compiles an expression over one fact that is passed as an object.</summary>
    public Func<object, TResult> OnObject<TResult>(LambdaExpression expression)
    {
        var fact = Expression.Parameter(typeof(object));
        return Compile<Func<object, TResult>>(expression, [fact], p => Cast(fact, p.Type));
    }

    /// <summary>Compiles an expression over the variables of a tuple.</summary>
    public Func<Tuple, TResult> OnTuple<TResult>(LambdaExpression expression, TupleLayout layout)
    {
        var tuple = Expression.Parameter(typeof(Tuple));
        return Compile<Func<Tuple, TResult>>(expression, [tuple], p => Read(tuple, layout, p));
    }

    /// <summary>Compiles an action; variables that the layout does not have are null.</summary>
    public Action<RuleMatch> Action(LambdaExpression expression, TupleLayout layout)
    {
        var activation = Expression.Parameter(typeof(RuleMatch));
        return Compile<Action<RuleMatch>>(
            expression,
            [activation],
            p => p == expression.Parameters[0] ? activation : Read(activation, layout, p));
    }

    /// <summary>Compiles an action that takes its arguments in an array.</summary>
    public Action<RuleModel.IContext, object?[]> ActionOnArray(LambdaExpression expression)
    {
        var context = Expression.Parameter(typeof(RuleModel.IContext));
        var arguments = Expression.Parameter(typeof(object[]));
        var index = 0;
        return Compile<Action<RuleModel.IContext, object?[]>>(
            expression,
            [context, arguments],
            p => p == expression.Parameters[0]
                ? context
                : Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index++)), p.Type));
    }

    private TDelegate Compile<TDelegate>(
        LambdaExpression expression, ParameterExpression[] parameters, Func<ParameterExpression, Expression> read)
        where TDelegate : Delegate
    {
        var body = new NestedLambdas(compiler).Visit(expression.Body);
        var result = typeof(TDelegate).GetMethod("Invoke")!.ReturnType;
        if (result != typeof(void) && body.Type != result)
        {
            body = Expression.Convert(body, result);
        }

        if (expression.Parameters.Count > 0)
        {
            var assignments = expression.Parameters.Select(p => (Expression)Expression.Assign(p, read(p)));
            body = Expression.Block(result, expression.Parameters, assignments.Append(body));
        }

        return compiler.Compile(Expression.Lambda<TDelegate>(body, parameters));
    }

    private static Expression Read(Expression tuple, TupleLayout layout, ParameterExpression parameter)
    {
        if (!layout.Contains(parameter.Name!))
        {
            return Expression.Default(parameter.Type);
        }

        var source = tuple;
        for (var hops = layout.Hops(parameter.Name!); hops > 0; hops--)
        {
            source = Expression.Field(source, ParentField);
        }

        return Cast(Expression.Field(Expression.Field(source, FactField), ValueField), parameter.Type);
    }

    private static Expression Cast(Expression value, Type type) => type.IsValueType
        ? Expression.Convert(value, type)
        : Expression.Call(AsMethod.MakeGenericMethod(type), value);

    /// <summary>Compiles lambdas within an expression that capture nothing once, instead of making a delegate at each evaluation.</summary>
    private sealed class NestedLambdas(IExpressionCompiler compiler) : ExpressionVisitor
    {
        private static readonly MethodInfo CompileMethod = typeof(IExpressionCompiler).GetMethod(nameof(IExpressionCompiler.Compile))!;

        protected override Expression VisitUnary(UnaryExpression node) => node.NodeType == ExpressionType.Quote ? node : base.VisitUnary(node);

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            if (FreeVariables.Any(node))
            {
                return base.VisitLambda(node);
            }

            var inner = (LambdaExpression)base.VisitLambda(node);
            return Expression.Constant(CompileMethod.MakeGenericMethod(inner.Type).Invoke(compiler, [inner]), node.Type);
        }
    }

    private sealed class FreeVariables : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _bound = [];
        private bool _found;

        public static bool Any(LambdaExpression expression)
        {
            var visitor = new FreeVariables();
            visitor.Visit(expression);
            return visitor._found;
        }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _bound.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitBlock(BlockExpression node)
        {
            _bound.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found |= !_bound.Contains(node);
            return node;
        }
    }
}
