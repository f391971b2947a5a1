namespace Ecosystem.Rules.Network;

/// <summary>A node that partial matches enter.</summary>
internal abstract class TupleSink(NodeInfo info)
{
    public NodeInfo Info { get; } = info;

    public abstract Tuple NewTuple(Session session);

    public abstract void Assert(Session session, ReadOnlySpan<Tuple> tuples);

    public abstract void Update(Session session, ReadOnlySpan<Tuple> tuples);

    public abstract void Retract(Session session, ReadOnlySpan<Tuple> tuples);

    public override string ToString() => $"{Info.NodeType} {Info.Id}";
}
