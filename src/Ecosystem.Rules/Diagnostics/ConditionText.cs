using System.Collections;
using System.Globalization;
using System.Linq.Expressions;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Turns conditions and values into text, and evaluates conditions one part at a time.</summary>
internal static class ConditionText
{
    public static ConditionExplanation Explain(LambdaExpression condition, IReadOnlyDictionary<string, object?> values)
    {
        var bound = Bind(condition, values);
        bool holds;
        try
        {
            holds = (bool)Evaluate(bound)!;
        }
        catch (Exception e)
        {
            return new ConditionExplanation(Text(condition), [$"it throws {e.GetType().Name}: {e.Message}"], false);
        }

        return new ConditionExplanation(Text(condition), Parts(condition, values), holds);
    }

    public static object? Evaluate(LambdaExpression expression, IReadOnlyDictionary<string, object?> values) => Evaluate(Bind(expression, values));

    public static string Text(LambdaExpression condition) => new Tidy().Visit(condition.Body).ToString();

    public static string Name(string variable) => variable.StartsWith('$') ? "a fact" : variable;

    public static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;

    public static string Format(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Take(10).Select(Format))}]",
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>Lists what the members and calls that a condition compares are worth.</summary>
    private static List<string> Parts(LambdaExpression condition, IReadOnlyDictionary<string, object?> values)
    {
        var operands = new Operands();
        operands.Visit(condition.Body);
        var parts = new List<string>();
        foreach (var operand in operands.Found.DistinctBy(o => o.ToString()))
        {
            try
            {
                var value = Evaluate(Bind(Expression.Lambda(operand, condition.Parameters), values));
                parts.Add($"{new Tidy().Visit(operand)} = {Format(value)}");
            }
            catch (Exception e)
            {
                parts.Add($"{operand} throws {e.GetType().Name}");
            }
        }

        return parts;
    }

    private static Expression Bind(LambdaExpression expression, IReadOnlyDictionary<string, object?> values) =>
        new Binder(expression.Parameters.ToDictionary(p => p, p => (Expression)Expression.Constant(values[p.Name!], p.Type)))
            .Visit(expression.Body);

    private static object? Evaluate(Expression expression) =>
        Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private sealed class Binder(Dictionary<ParameterExpression, Expression> values) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => values.GetValueOrDefault(node, node);
    }

    /// <summary>Shows captured variables by name instead of the closures they live in, and hides conversions.</summary>
    private sealed class Tidy : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) => node.Expression is ConstantExpression
            ? Expression.Parameter(node.Type, node.Member.Name)
            : base.VisitMember(node);

        protected override Expression VisitUnary(UnaryExpression node) =>
            node.NodeType == ExpressionType.Convert && node.Type.IsAssignableFrom(node.Operand.Type) ? Visit(node.Operand) : base.VisitUnary(node);
    }

    private sealed class Operands : ExpressionVisitor
    {
        public List<Expression> Found { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            Found.Add(node);
            return node;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Type == typeof(bool))
            {
                return base.VisitMethodCall(node);
            }

            Found.Add(node);
            return node;
        }

        protected override Expression VisitLambda<T>(Expression<T> node) => node;
    }
}
