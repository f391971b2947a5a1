using System.Linq.Expressions;
using System.Reflection;

namespace Ecosystem.Rules.Network;

/// <summary>
/// Finds conditions such as <c>deal.PartnerId == partner.Id</c> by which a join can be indexed: an equality with the fact on one side only and
/// earlier variables on the other side only, of a type whose <c>==</c> agrees with its hash code.
/// </summary>
internal static class JoinKeyFinder
{
    private static readonly HashSet<Type> ExactTypes =
    [
        typeof(string), typeof(bool), typeof(char), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan),
    ];

    public static JoinIndex? Find(
        IReadOnlyList<BetaCondition> conditions, TupleLayout layout, string own, ExpressionBinder binder, out BetaCondition[] residual)
    {
        var keys = new List<(Expression Left, Expression Right, BetaCondition Condition)>();
        foreach (var condition in conditions)
        {
            if (keys.Count < 4 && TrySplit(condition.Expression, own, out var left, out var right))
            {
                keys.Add((left, right, condition));
            }
        }

        residual = [.. conditions.Where(c => !keys.Exists(k => k.Condition == c))];
        if (keys.Count == 0)
        {
            return null;
        }

        var byReference = keys.Count == 1 && IsReferenceEquality((BinaryExpression)Unwrap(keys[0].Condition.Expression.Body));
        if (keys.Count > 1)
        {
            // Reference equality does not combine with keys that are compared by value; such conditions stay what they are.
            var byIdentity = keys.Where(k => IsReferenceEquality((BinaryExpression)Unwrap(k.Condition.Expression.Body))).ToArray();
            if (byIdentity.Length == keys.Count)
            {
                byIdentity = byIdentity[1..];
                byReference = true;
            }

            keys.RemoveAll(byIdentity.Contains);
            residual = [.. conditions.Where(c => !keys.Exists(k => k.Condition == c))];
        }

        var leftKey = Combine([.. keys.Select(k => k.Left)]);
        var rightKey = Combine([.. keys.Select(k => k.Right)]);
        return (JoinIndex)typeof(JoinKeyFinder)
            .GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(leftKey.Type)
            .Invoke(null, [leftKey, rightKey, keys[0].Condition.Expression, layout, own, byReference, binder])!;
    }

    private static JoinIndex<TKey> Create<TKey>(
        Expression leftKey,
        Expression rightKey,
        LambdaExpression condition,
        TupleLayout layout,
        string own,
        bool byReference,
        ExpressionBinder binder)
    {
        var left = binder.OnTuple<TKey>(Expression.Lambda(leftKey, Parameters(leftKey)), layout);
        var right = binder.OnObject<TKey>(Expression.Lambda(rightKey, Parameters(rightKey)));
        return new JoinIndex<TKey>(left, right, byReference);
    }

    private static Expression Combine(Expression[] keys) => keys.Length == 1
        ? keys[0]
        : Expression.New(
            Type.GetType($"System.ValueTuple`{keys.Length}")!.MakeGenericType([.. keys.Select(k => k.Type)])
                .GetConstructor([.. keys.Select(k => k.Type)])!,
            keys);

    private static bool TrySplit(LambdaExpression condition, string own, out Expression left, out Expression right)
    {
        left = right = condition;
        if (Unwrap(condition.Body) is not BinaryExpression { NodeType: ExpressionType.Equal } equal || !IsHashable(equal))
        {
            return false;
        }

        var x = Sides(equal.Left, own);
        var y = Sides(equal.Right, own);
        if (x == (false, true) && y == (true, false))
        {
            (left, right) = (equal.Left, equal.Right);
            return true;
        }

        if (x == (true, false) && y == (false, true))
        {
            (left, right) = (equal.Right, equal.Left);
            return true;
        }

        return false;
    }

    private static Expression Unwrap(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert && convert.Type == typeof(bool) ? convert.Operand : expression;

    private static bool IsHashable(BinaryExpression equal)
    {
        if (equal.Left.Type != equal.Right.Type)
        {
            return false;
        }

        var type = Nullable.GetUnderlyingType(equal.Left.Type) ?? equal.Left.Type;
        return ExactTypes.Contains(type) || type.IsEnum || IsRecord(type) || IsReferenceEquality(equal);
    }

    private static bool IsReferenceEquality(BinaryExpression equal) =>
        equal.Method is null && !equal.Left.Type.IsValueType && equal.Left.Type != typeof(string);

    /// <summary>A record's equality is made by the compiler, and its operators agree with its hash code.</summary>
    private static bool IsRecord(Type type) => type.IsClass
        ? type.GetMethod("<Clone>$") is not null
        : type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    /// <summary>Tells whether an expression uses the pattern's own fact, and whether it uses other variables.</summary>
    private static (bool Own, bool Others) Sides(Expression expression, string own)
    {
        var names = Parameters(expression).Select(p => p.Name).ToArray();
        return (names.Contains(own), names.Any(n => n != own));
    }

    private static ParameterExpression[] Parameters(Expression expression)
    {
        var collector = new FreeParameters();
        collector.Visit(expression);
        return [.. collector.Found];
    }

    private sealed class FreeParameters : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _bound = [];

        public List<ParameterExpression> Found { get; } = [];

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _bound.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            if (!_bound.Contains(node) && !Found.Contains(node))
            {
                Found.Add(node);
            }

            return node;
        }
    }
}
