namespace Ecosystem.Rules.Network;

/// <summary>Passes facts of a type and of types derived from it.</summary>
internal sealed class TypeNode(NodeInfo info, Type filterType) : AlphaNode(info)
{
    public Type FilterType { get; } = filterType;

    public void Assert(Session session, ReadOnlySpan<Fact> facts)
    {
        session.Count(Info, MetricKind.InsertInput, facts.Length);
        PassAssert(session, facts);
    }

    public void Update(Session session, ReadOnlySpan<Fact> facts)
    {
        session.Count(Info, MetricKind.UpdateInput, facts.Length);
        PassUpdate(session, facts);
    }

    public void Retract(Session session, ReadOnlySpan<Fact> facts)
    {
        session.Count(Info, MetricKind.RetractInput, facts.Length);
        PassRetract(session, facts);
    }
}
