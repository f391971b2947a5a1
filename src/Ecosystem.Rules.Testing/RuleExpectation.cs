using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RuleExpectation(IRuleDefinition rule) : IQualifiedRuleFiringVerification
{
    private FactConstraint[] _constraints = [];

    public IRuleDefinition Rule { get; } = rule;

    public Times Times { get; private set; } = Times.Once;

    public void Fired(params FactConstraint[] constraints) => _constraints = constraints;

    public void Fired(Times times, params FactConstraint[] constraints)
    {
        Times = times;
        _constraints = constraints;
    }

    public bool IsSatisfiedBy(IMatch match) => match.Rule == Rule && TryAssign(match) is not null;

    public void OnSatisfied(IMatch match)
    {
        foreach (var (constraint, fact) in TryAssign(match) ?? [])
        {
            constraint.OnSatisfied(fact);
        }
    }

    public override string ToString() => _constraints.Length == 0
        ? $"{Rule.Name} {Times.Value} times"
        : $"{Rule.Name} {Times.Value} times with {string.Join(" and ", _constraints.Select(c => c.GetText()))}";

    /// <summary>Finds a fact for each constraint, a different one for each.</summary>
    private List<(FactConstraint Constraint, IFactMatch Fact)>? TryAssign(IMatch match)
    {
        var facts = match.Facts.ToList();
        var assigned = new List<(FactConstraint, IFactMatch)>();
        foreach (var constraint in _constraints)
        {
            var fact = facts.Find(constraint.IsSatisfied);
            if (fact is null)
            {
                return null;
            }

            facts.Remove(fact);
            assigned.Add((constraint, fact));
        }

        return assigned;
    }
}
