using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Turns facts that match the first pattern into partial matches.</summary>
internal sealed class InputNode(NodeInfo info, TupleOutput start, TupleOutput output) : AlphaInput
{
    public NodeInfo Info { get; } = info;

    /// <summary>Start of the chain: of a rule, or of a nested network, which does not share its input.</summary>
    public TupleOutput Start { get; } = start;

    public TupleOutput Output { get; } = output;

    public override void Assert(Session session, ReadOnlySpan<Fact> facts)
    {
        var created = session.Tuples.Rent();
        created.EnsureCapacity(facts.Length);
        foreach (var fact in facts)
        {
            // An entry may be there already if an earlier insertion of the fact threw half-way.
            if (fact.Find(Order) is null)
            {
                var tuple = Output.Create(session, null, fact, null);
                tuple.Input = this;
                fact.Add(tuple);
                created.Add(tuple);
            }
        }

        session.Count(Info, MetricKind.InsertInput, facts.Length);
        session.Count(Info, MetricKind.InsertOutput, created.Count);
        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void Update(Session session, ReadOnlySpan<FactLink> links)
    {
        session.Count(Info, MetricKind.UpdateInput, links.Length);
        Output.Update(session, Tuples(ref links));
    }

    public override void Retract(Session session, ReadOnlySpan<FactLink> links)
    {
        session.Count(Info, MetricKind.RetractInput, links.Length);
        Output.Retract(session, Tuples(ref links));
    }

    private static ReadOnlySpan<Tuple> Tuples(ref ReadOnlySpan<FactLink> links) =>
        Unsafe.As<ReadOnlySpan<FactLink>, ReadOnlySpan<Tuple>>(ref links);
}
