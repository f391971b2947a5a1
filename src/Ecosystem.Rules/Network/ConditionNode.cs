namespace Ecosystem.Rules.Network;

/// <summary>Passes facts that satisfy a condition.</summary>
internal sealed class ConditionNode(NodeInfo info, AlphaCondition condition) : AlphaNode(info)
{
    public AlphaCondition Condition { get; } = condition;

    public void Assert(Session session, ReadOnlySpan<Fact> facts)
    {
        var passed = session.Facts.Rent();
        passed.EnsureCapacity(facts.Length);
        Condition.Filter(session, facts, passed, null);
        session.Count(Info, MetricKind.InsertInput, facts.Length);
        session.Count(Info, MetricKind.InsertOutput, passed.Count);
        if (passed.Count > 0)
        {
            PassAssert(session, passed.Span);
        }

        session.Facts.Return(passed);
    }

    public void Update(Session session, ReadOnlySpan<Fact> facts)
    {
        var passed = session.Facts.Rent();
        var failed = session.Facts.Rent();
        Condition.Filter(session, facts, passed, failed);
        session.Count(Info, MetricKind.UpdateInput, facts.Length);
        session.Count(Info, MetricKind.UpdateOutput, passed.Count);
        if (passed.Count > 0)
        {
            PassUpdate(session, passed.Span);
        }

        if (failed.Count > 0)
        {
            Retract(session, failed.Span);
        }

        session.Facts.Return(passed);
        session.Facts.Return(failed);
    }

    public void Retract(Session session, ReadOnlySpan<Fact> facts)
    {
        session.Count(Info, MetricKind.RetractInput, facts.Length);
        var present = session.Facts.Rent();
        foreach (var fact in facts)
        {
            if (fact.HasEntryUpTo(FirstOrder, LastOrder))
            {
                present.Add(fact);
            }
        }

        if (present.Count > 0)
        {
            session.Count(Info, MetricKind.RetractOutput, present.Count);
            PassRetract(session, present.Span);
        }

        session.Facts.Return(present);
    }
}
