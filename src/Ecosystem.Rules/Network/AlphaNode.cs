namespace Ecosystem.Rules.Network;

/// <summary>Part of the network that works on single facts: passes facts that satisfy a condition to the nodes after it and then to its memory.</summary>
internal abstract class AlphaNode(NodeInfo info)
{
    public NodeInfo Info { get; } = info;

    public List<ConditionNode> Children { get; } = [];

    public AlphaMemory? Memory { get; set; }

    /// <summary>Orders of the first and the last input behind this node.</summary>
    public int FirstOrder { get; private set; }

    public int LastOrder { get; private set; }

    public int AssignOrders(int next)
    {
        FirstOrder = next;
        foreach (var child in Children)
        {
            next = child.AssignOrders(next);
        }

        foreach (var input in Memory?.Inputs ?? [])
        {
            input.Order = next++;
        }

        LastOrder = next - 1;
        return next;
    }

    protected void PassAssert(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var child in Children)
        {
            child.Assert(session, facts);
        }

        Memory?.Assert(session, facts);
    }

    protected void PassUpdate(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var child in Children)
        {
            child.Update(session, facts);
        }

        Memory?.Update(session, facts);
    }

    protected void PassRetract(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var child in Children)
        {
            child.Retract(session, facts);
        }

        Memory?.Retract(session, facts);
    }
}
