using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>What the agenda and the executor need of a rule.</summary>
internal sealed class CompiledRule
{
    public CompiledRule(IRuleDefinition definition, ExpressionBinder binder)
    {
        Definition = definition;
        Priority = definition.Priority;
        IsRepeatable = definition.Repeatability == RuleRepeatability.Repeatable;
        Declarations = [.. definition.LeftHandSide.Exports];
        Actions = [.. definition.RightHandSide.Actions.Select(a => new CompiledAction(a, definition, binder))];
        Triggers = Actions.Aggregate(ActionTrigger.None, (all, a) => all | a.Trigger);
        HasDependencies = definition.DependencyGroup.Dependencies.Any();
        Predicates = Filters(FilterType.Predicate);
        KeySelectors = Filters(FilterType.KeyChange);
        PriorityExpression = definition.PriorityExpression is { } priority ? new AgendaExpression(priority.Expression, binder) : null;

        AgendaExpression[] Filters(FilterType type) => [.. definition.FilterGroup.Filters
            .Where(f => f.FilterType == type)
            .Select(f => new AgendaExpression(f.Expression, binder))];
    }

    public IRuleDefinition Definition { get; }

    public int Priority { get; }

    public bool IsRepeatable { get; }

    public Declaration[] Declarations { get; }

    public CompiledAction[] Actions { get; }

    public ActionTrigger Triggers { get; }

    public bool HasDependencies { get; }

    public AgendaExpression[] Predicates { get; }

    public AgendaExpression[] KeySelectors { get; }

    public AgendaExpression? PriorityExpression { get; }

    public bool HasFilters => Predicates.Length + KeySelectors.Length > 0;
}
