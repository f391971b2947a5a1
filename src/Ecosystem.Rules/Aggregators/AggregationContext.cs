namespace Ecosystem.Rules.Aggregators;

/// <summary>What an aggregator knows about the session.</summary>
public class AggregationContext
{
    internal AggregationContext(Session session)
    {
        Session = session;
    }

    /// <summary>Tells facts apart.</summary>
    public IFactIdentityComparer FactIdentityComparer => Session.IdentityComparer;

    internal Session Session { get; }
}
