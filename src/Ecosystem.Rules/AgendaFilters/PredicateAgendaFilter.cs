using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.AgendaFilters;

internal sealed class PredicateAgendaFilter(AgendaExpression[] predicates) : IAgendaFilter
{
    public bool Accept(AgendaContext context, IMatch match)
    {
        foreach (var predicate in predicates)
        {
            if (predicate.Evaluate(context.Session, (Activation)match) is not true)
            {
                return false;
            }
        }

        return true;
    }
}
