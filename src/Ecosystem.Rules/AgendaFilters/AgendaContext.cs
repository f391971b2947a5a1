namespace Ecosystem.Rules.AgendaFilters;

/// <summary>What an agenda filter knows about the session.</summary>
public class AgendaContext
{
    internal AgendaContext(Session session)
    {
        Session = session;
    }

    internal Session Session { get; }
}
