namespace Ecosystem.Rules.Network;

/// <summary>A node that partial matches enter.</summary>
internal abstract class TupleSink(NodeInfo info)
{
    public NodeInfo Info { get; } = info;

    public abstract Tuple NewTuple(Session session);

    public abstract void Assert(Session session, ReadOnlySpan<Tuple> tuples);

    public abstract void Update(Session session, ReadOnlySpan<Tuple> tuples);

    public abstract void Retract(Session session, ReadOnlySpan<Tuple> tuples);

    /// <summary>Moves a tuple, and what was made from it, to the buckets of their present keys, before an update of its facts travels the network.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tuple">A tuple of this node.</param>
    public virtual void Rebucket(Session session, Tuple tuple)
    {
    }

    public override string ToString() => $"{Info.NodeType} {Info.Id}";
}
