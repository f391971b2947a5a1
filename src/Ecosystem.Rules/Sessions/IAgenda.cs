using Ecosystem.Rules.AgendaFilters;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Matches that wait to be fired: the highest priority first; of equal priority, the one that was put there first.</summary>
public interface IAgenda
{
    /// <summary>Whether nothing is left to fire.</summary>
    bool IsEmpty { get; }

    /// <summary>Gets the match that fires next.</summary>
    /// <returns>The match, which stays on the agenda.</returns>
    /// <exception cref="InvalidOperationException">The agenda is empty.</exception>
    IMatch Peek();

    /// <summary>Removes all matches without firing them.</summary>
    void Clear();

    /// <summary>Adds a filter for the matches of all rules.</summary>
    /// <param name="filter">Filter that a match must pass to be put on the agenda.</param>
    void AddFilter(IAgendaFilter filter);

    /// <summary>Adds a filter for the matches of one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="filter">Filter that a match must pass to be put on the agenda.</param>
    void AddFilter(IRuleDefinition rule, IAgendaFilter filter);
}
