using System.Collections.ObjectModel;
using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>Tells whether two expressions do the same, so that rules can share a node. What it does not understand counts as different.</summary>
internal sealed class ExpressionComparer
{
    private readonly Dictionary<ParameterExpression, ParameterExpression> _bound = [];
    private readonly Func<string, string> _leftName;
    private readonly Func<string, string> _rightName;

    private ExpressionComparer(Func<string, string> leftName, Func<string, string> rightName)
    {
        _leftName = leftName;
        _rightName = rightName;
    }

    /// <summary>Compares lambdas whose parameters correspond if they have the same name after renaming.</summary>
    public static bool AreEqual(LambdaExpression left, LambdaExpression right, Func<string, string> leftName, Func<string, string> rightName) =>
        left.ReturnType == right.ReturnType
        && left.Parameters.Count == right.Parameters.Count
        && new ExpressionComparer(leftName, rightName).Equal(left.Body, right.Body);

    private bool Equal(Expression? x, Expression? y)
    {
        if (ReferenceEquals(x, y) && (x is null || !HasParameters(x)))
        {
            return true;
        }

        if (x is null || y is null || x.NodeType != y.NodeType || x.Type != y.Type)
        {
            return false;
        }

        return (x, y) switch
        {
            (BinaryExpression a, BinaryExpression b) =>
                a.Method == b.Method && Equal(a.Left, b.Left) && Equal(a.Right, b.Right) && Equal(a.Conversion, b.Conversion),
            (UnaryExpression a, UnaryExpression b) => a.Method == b.Method && Equal(a.Operand, b.Operand),
            (MemberExpression a, MemberExpression b) => a.Member == b.Member && Equal(a.Expression, b.Expression),
            (ConstantExpression a, ConstantExpression b) => Equals(a.Value, b.Value),
            (MethodCallExpression a, MethodCallExpression b) =>
                a.Method == b.Method && Equal(a.Object, b.Object) && Equal(a.Arguments, b.Arguments),
            (ParameterExpression a, ParameterExpression b) => EqualParameters(a, b),
            (ConditionalExpression a, ConditionalExpression b) =>
                Equal(a.Test, b.Test) && Equal(a.IfTrue, b.IfTrue) && Equal(a.IfFalse, b.IfFalse),
            (LambdaExpression a, LambdaExpression b) => EqualLambdas(a, b),
            (NewExpression a, NewExpression b) => a.Constructor == b.Constructor && Equal(a.Arguments, b.Arguments),
            (NewArrayExpression a, NewArrayExpression b) => Equal(a.Expressions, b.Expressions),
            (MemberInitExpression a, MemberInitExpression b) => Equal(a.NewExpression, b.NewExpression) && EqualBindings(a.Bindings, b.Bindings),
            (TypeBinaryExpression a, TypeBinaryExpression b) => a.TypeOperand == b.TypeOperand && Equal(a.Expression, b.Expression),
            (InvocationExpression a, InvocationExpression b) => Equal(a.Expression, b.Expression) && Equal(a.Arguments, b.Arguments),
            (IndexExpression a, IndexExpression b) => a.Indexer == b.Indexer && Equal(a.Object, b.Object) && Equal(a.Arguments, b.Arguments),
            (DefaultExpression, DefaultExpression) => true,
            _ => false,
        };
    }

    private static bool HasParameters(Expression expression)
    {
        var finder = new ParameterFinder();
        finder.Visit(expression);
        return finder.Found;
    }

    private bool EqualParameters(ParameterExpression x, ParameterExpression y)
    {
        if (_bound.TryGetValue(x, out var bound))
        {
            return bound == y;
        }

        return x.Name is not null && y.Name is not null && _leftName(x.Name) == _rightName(y.Name);
    }

    private bool EqualLambdas(LambdaExpression x, LambdaExpression y)
    {
        if (x.Parameters.Count != y.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < x.Parameters.Count; i++)
        {
            _bound[x.Parameters[i]] = y.Parameters[i];
        }

        return Equal(x.Body, y.Body);
    }

    private bool EqualBindings(ReadOnlyCollection<MemberBinding> x, ReadOnlyCollection<MemberBinding> y) =>
        x.Count == y.Count && x.Zip(y).All(pair => pair.First.Member == pair.Second.Member
            && pair.First is MemberAssignment a && pair.Second is MemberAssignment b && Equal(a.Expression, b.Expression));

    private bool Equal(ReadOnlyCollection<Expression> x, ReadOnlyCollection<Expression> y)
    {
        if (x.Count != y.Count)
        {
            return false;
        }

        for (var i = 0; i < x.Count; i++)
        {
            if (!Equal(x[i], y[i]))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class ParameterFinder : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}
