namespace Ecosystem.Rules.Network;

/// <summary>Where facts that satisfy the conditions of a pattern enter the part of the network that works on partial matches.</summary>
internal abstract class AlphaInput
{
    /// <summary>Place among all inputs in the order in which facts travel the network.</summary>
    public int Order { get; set; }

    public abstract void Assert(Session session, ReadOnlySpan<Fact> facts);

    public abstract void Update(Session session, ReadOnlySpan<FactLink> links);

    public abstract void Retract(Session session, ReadOnlySpan<FactLink> links);
}
