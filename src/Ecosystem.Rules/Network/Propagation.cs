namespace Ecosystem.Rules.Network;

/// <summary>Sends facts into the network, type by type in the order of the rules, so that the order of matches does not depend on how facts are mixed.</summary>
internal static class Propagation
{
    private delegate void Send(TypeNode node, Session session, ReadOnlySpan<Fact> facts);

    public static void Assert(Session session, ReadOnlySpan<Fact> facts) =>
        Each(session, facts, static (node, session, facts) => node.Assert(session, facts));

    public static void Update(Session session, ReadOnlySpan<Fact> facts)
    {
        session.UpdateNumber++;
        session.IsRebucketed = facts.Length > 1 ? session.Network.HasIndexes : facts.Length == 1 && session.Network.JoinsItself(facts[0].Value!.GetType());
        if (session.IsRebucketed)
        {
            Rebucket(session, facts);
        }

        Each(session, facts, static (node, session, facts) => node.Update(session, facts));
        session.IsRebucketed = false;
    }

    public static void Retract(Session session, ReadOnlySpan<Fact> facts) =>
        Each(session, facts, static (node, session, facts) => node.Retract(session, facts));

    /// <summary>
    /// Moves all entries of the facts to the buckets of their present keys, so that, whatever the order in which they are compared, all of them are
    /// compared as they are now.
    /// </summary>
    private static void Rebucket(Session session, ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
        {
            for (var link = fact.First; link is not null; link = link.NextInFact)
            {
                if (link is RightEntry entry)
                {
                    ((RightInput)entry.Input).Node.Rebucket(session, entry);
                }
                else
                {
                    ((InputNode)link.Input).Output.Rebucket(session, (Tuple)link);
                }
            }
        }
    }

    private static void Each(Session session, ReadOnlySpan<Fact> facts, Send send)
    {
        if (facts.Length == 0)
        {
            return;
        }

        var type = facts[0].Value!.GetType();
        var uniform = true;
        foreach (var fact in facts)
        {
            fact.ResetCursor();
            uniform &= fact.Value!.GetType() == type;
        }

        if (uniform)
        {
            foreach (var node in session.Network.NodesFor(type))
            {
                send(node, session, facts);
            }

            return;
        }

        // Facts mostly come in runs of one type.
        var nodesByType = new Dictionary<Type, TypeNode[]>();
        Type? last = null;
        foreach (var fact in facts)
        {
            if (fact.Value!.GetType() is var factType && factType != last)
            {
                nodesByType.TryAdd(factType, session.Network.NodesFor(factType));
                last = factType;
            }
        }

        var matching = session.Facts.Rent();
        foreach (var node in session.Network.TypeNodes)
        {
            var types = nodesByType.Where(n => n.Value.Contains(node)).Select(n => n.Key).ToArray();
            if (types.Length == 0)
            {
                continue;
            }

            var isWanted = false;
            last = null;
            foreach (var fact in facts)
            {
                if (fact.Value!.GetType() is var factType && factType != last)
                {
                    isWanted = Array.IndexOf(types, factType) >= 0;
                    last = factType;
                }

                if (isWanted)
                {
                    matching.Add(fact);
                }
            }

            send(node, session, matching.Span);
            matching.Clear();
        }

        session.Facts.Return(matching);
    }
}
