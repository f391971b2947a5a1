using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>Which variable is found how far up in a tuple.</summary>
internal sealed class TupleLayout
{
    public static readonly TupleLayout Empty = new(0, []);
    private readonly Dictionary<string, int> _levels;

    private TupleLayout(int depth, Dictionary<string, int> levels)
    {
        Depth = depth;
        _levels = levels;
    }

    /// <summary>Number of steps from the empty tuple.</summary>
    public int Depth { get; }

    public IEnumerable<string> Names => _levels.Keys;

    /// <summary>Layout of the tuples one step further; without a name, the step adds no fact that can be named.</summary>
    public TupleLayout Extend(string? name)
    {
        if (name is null)
        {
            return new TupleLayout(Depth + 1, _levels);
        }

        return new TupleLayout(Depth + 1, new Dictionary<string, int>(_levels) { [name] = Depth + 1 });
    }

    public bool Contains(string name) => _levels.ContainsKey(name);

    /// <summary>Number of parents between a tuple of this layout and the one that holds a variable.</summary>
    public int Hops(string name) => Depth - _levels[name];

    public int Level(string name) => _levels[name];

    /// <summary>Tells whether an expression over tuples of this layout does the same as one over another layout of the same tuples.</summary>
    public bool AreSame(LambdaExpression expression, TupleLayout otherLayout, LambdaExpression other) =>
        ExpressionComparer.AreEqual(expression, other, Place, otherLayout.Place);

    private string Place(string name) => Contains(name) ? $"@{Level(name)}" : name;

    /// <summary>Value of a variable in a tuple of this layout.</summary>
    public object? Value(Tuple tuple, string name) => tuple.Ancestor(Hops(name)).Fact!.Value;
}
