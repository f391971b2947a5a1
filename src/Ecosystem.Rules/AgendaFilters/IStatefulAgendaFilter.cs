namespace Ecosystem.Rules.AgendaFilters;

/// <summary>A filter that remembers something about matches.</summary>
public interface IStatefulAgendaFilter : IAgendaFilter
{
    /// <summary>Called when a match was taken from the agenda to be fired.</summary>
    /// <param name="context">Context of the agenda.</param>
    /// <param name="activation">The match.</param>
    void Select(AgendaContext context, Activation activation);

    /// <summary>Called when a match does not hold any more.</summary>
    /// <param name="context">Context of the agenda.</param>
    /// <param name="activation">The match.</param>
    void Remove(AgendaContext context, Activation activation);
}
