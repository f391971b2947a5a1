namespace Ecosystem.Rules.Network;

/// <summary>Hands facts that passed the conditions before it to its inputs.</summary>
internal sealed class AlphaMemory(NodeInfo info)
{
    public NodeInfo Info { get; } = info;

    public List<AlphaInput> Inputs { get; } = [];

    public void Assert(Session session, ReadOnlySpan<Fact> facts)
    {
        session.Count(Info, MetricKind.InsertInput, facts.Length);
        foreach (var input in Inputs)
        {
            input.Assert(session, facts);
        }
    }

    public void Update(Session session, ReadOnlySpan<Fact> facts)
    {
        var unknown = 0;
        foreach (var input in Inputs)
        {
            var known = session.Links.Rent();
            foreach (var fact in facts)
            {
                if (fact.Find(input.Order) is { } link)
                {
                    known.Add(link);
                }
            }

            unknown += facts.Length - known.Count;
            if (input == Inputs[0])
            {
                session.Count(Info, MetricKind.InsertInput, facts.Length - known.Count);
                session.Count(Info, MetricKind.UpdateInput, known.Count);
            }

            if (known.Count > 0)
            {
                input.Update(session, known.Span);
            }

            session.Links.Return(known);
        }

        if (unknown > 0)
        {
            AssertUnknown(session, facts);
        }
    }

    /// <summary>Hands facts that were updated and satisfy the conditions only now to the inputs, after all inputs have seen the updates.</summary>
    private void AssertUnknown(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
        {
            fact.ResetCursor();
        }

        foreach (var input in Inputs)
        {
            var unknown = session.Facts.Rent();
            foreach (var fact in facts)
            {
                if (fact.Find(input.Order) is null)
                {
                    unknown.Add(fact);
                }
            }

            if (unknown.Count > 0)
            {
                input.Assert(session, unknown.Span);
            }

            session.Facts.Return(unknown);
        }
    }

    public void Retract(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var input in Inputs)
        {
            var known = session.Links.Rent();
            foreach (var fact in facts)
            {
                if (fact.Find(input.Order) is { } link)
                {
                    fact.RemoveFound();
                    known.Add(link);
                }
            }

            if (input == Inputs[0])
            {
                session.Count(Info, MetricKind.RetractInput, known.Count);
            }

            if (known.Count > 0)
            {
                input.Retract(session, known.Span);
            }

            session.Links.Return(known);
        }
    }
}
