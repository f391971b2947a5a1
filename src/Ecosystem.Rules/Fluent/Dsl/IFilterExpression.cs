using System.Linq.Expressions;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Agenda filters of a rule.</summary>
public interface IFilterExpression
{
    /// <summary>Lets the rule fire again for an updated match only if one of the keys changed since it last fired.</summary>
    /// <param name="keySelectors">Keys to watch.</param>
    /// <returns>Filters to continue.</returns>
    IFilterExpression OnChange(params Expression<Func<object?>>[] keySelectors);

    /// <summary>Lets the rule fire only while conditions are true.</summary>
    /// <param name="predicates">Conditions; all must be true.</param>
    /// <returns>Filters to continue.</returns>
    IFilterExpression Where(params Expression<Func<bool>>[] predicates);
}
