using Ecosystem.Rules.Network;

namespace Ecosystem.Rules.AgendaFilters;

internal sealed class PredicateAgendaFilter(AgendaExpression[] predicates) : IAgendaFilter
{
    public bool Accept(AgendaContext context, Activation activation)
    {
        foreach (var predicate in predicates)
        {
            if (predicate.Evaluate(context.Session, activation.Match) is not true)
            {
                return false;
            }
        }

        return true;
    }
}
