using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>How often a rule is to fire, with which facts.</summary>
internal sealed class RuleExpectation(IRuleDefinition rule) : IQualifiedRuleFiringVerification
{
    private FactConstraint[] _constraints = [];

    public IRuleDefinition Rule { get; } = rule;

    public Times Times { get; private set; } = Times.Once;

    public string Text => _constraints.Length == 0 ? "Fired" : "Fired With: " + string.Join(", ", _constraints.Select(c => c.GetText()));

    public void Fired(params FactConstraint[] constraints) => _constraints = constraints;

    public void Fired(Times times, params FactConstraint[] constraints)
    {
        Times = times;
        _constraints = constraints;
    }

    public bool IsMetBy(IMatch firing) => firing.Rule == Rule && TryAssign(firing, out _);

    /// <summary>Shows the facts of firings that are as expected to the constraints.</summary>
    public void OnMet(IEnumerable<IMatch> taken)
    {
        foreach (var firing in taken)
        {
            TryAssign(firing, out var facts);
            for (var i = 0; i < facts.Length; i++)
            {
                _constraints[i].OnSatisfied(facts[i]);
            }
        }
    }

    /// <summary>Finds a fact for each constraint, both in their order.</summary>
    private bool TryAssign(IMatch firing, out IFactMatch[] facts)
    {
        facts = new IFactMatch[_constraints.Length];
        var found = 0;
        foreach (var fact in firing.Facts)
        {
            if (found < facts.Length && _constraints[found].IsSatisfied(fact))
            {
                facts[found++] = fact;
            }
        }

        return found == facts.Length;
    }
}
