namespace Ecosystem.Rules.AgendaFilters;

/// <summary>Decides which matches are put on the agenda.</summary>
public interface IAgendaFilter
{
    /// <summary>Called when a match is created or updated.</summary>
    /// <param name="context">Context of the agenda.</param>
    /// <param name="activation">The match.</param>
    /// <returns>Whether the match is put on the agenda; otherwise it is taken off.</returns>
    bool Accept(AgendaContext context, Activation activation);
}
