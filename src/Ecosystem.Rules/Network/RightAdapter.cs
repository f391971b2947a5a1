using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>
/// Hands results that do not depend on the partial matches they are joined with, such as those of a query over all facts, to the right side of a
/// join: they are made once, not once for each partial match.
/// </summary>
internal sealed class RightAdapter(NodeInfo info, BetaNode node) : TupleSink(info)
{
    public BetaNode Node { get; } = node;

    public override Tuple NewTuple(Session session) => new RightTuple();

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            Unsafe.As<RightTuple>(tuple).Entry = new RightEntry { Fact = tuple.Fact, Input = Node.Right };
        }

        Pass(session, tuples, static (node, session, entries) => node.AssertRight(session, entries));
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        Pass(session, tuples, static (node, session, entries) => node.UpdateRight(session, entries));
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        Pass(session, tuples, static (node, session, entries) => node.RetractRight(session, entries));
    }

    private delegate void Send(BetaNode node, Session session, ReadOnlySpan<RightEntry> entries);

    private void Pass(Session session, ReadOnlySpan<Tuple> tuples, Send send)
    {
        var entries = session.Links.Rent();
        foreach (var tuple in tuples)
        {
            entries.Add(Unsafe.As<RightTuple>(tuple).Entry);
        }

        ReadOnlySpan<FactLink> links = entries.Span;
        send(Node, session, Unsafe.As<ReadOnlySpan<FactLink>, ReadOnlySpan<RightEntry>>(ref links));
        session.Links.Return(entries);
    }

    private sealed class RightTuple : Tuple
    {
        public RightEntry Entry = null!;
    }
}
