using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Right side of a join or quantifier.</summary>
internal sealed class RightInput(BetaNode node) : AlphaInput
{
    public BetaNode Node { get; } = node;

    public override void Assert(Session session, ReadOnlySpan<Fact> facts)
    {
        var entries = session.Links.Rent();
        entries.EnsureCapacity(facts.Length);
        foreach (var fact in facts)
        {
            if (fact.Find(Order) is null)
            {
                var entry = new RightEntry { Fact = fact, Input = this };
                fact.Add(entry);
                entries.Add(entry);
            }
        }

        session.Count(Node.Info, MetricKind.InsertInput, facts.Length);
        ReadOnlySpan<FactLink> span = entries.Span;
        Node.AssertRight(session, Entries(ref span));
        session.Links.Return(entries);
    }

    public override void Update(Session session, ReadOnlySpan<FactLink> links)
    {
        session.Count(Node.Info, MetricKind.UpdateInput, links.Length);
        Node.UpdateRight(session, Entries(ref links));
    }

    public override void Retract(Session session, ReadOnlySpan<FactLink> links)
    {
        session.Count(Node.Info, MetricKind.RetractInput, links.Length);
        Node.RetractRight(session, Entries(ref links));
    }

    private static ReadOnlySpan<RightEntry> Entries(ref ReadOnlySpan<FactLink> links) =>
        Unsafe.As<ReadOnlySpan<FactLink>, ReadOnlySpan<RightEntry>>(ref links);
}
