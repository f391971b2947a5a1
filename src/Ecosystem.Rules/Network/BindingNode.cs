using System.Linq.Expressions;

namespace Ecosystem.Rules.Network;

/// <summary>Adds a calculated value to partial matches.</summary>
internal abstract class BindingNode(NodeInfo info, TupleOutput output) : TupleSink(info)
{
    public TupleOutput Output { get; } = output;

    /// <summary>Tells whether the node calculates what an expression over tuples of a layout does, so that another rule can share it.</summary>
    public abstract bool IsSame(TupleLayout layout, LambdaExpression other);
}
