using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent;

/// <summary>Repository of rules written in C#. Load rules, then compile the repository to a session factory. Not thread-safe.</summary>
public class RuleRepository : IRuleRepository
{
    private const string DefaultRuleSetName = "default";
    private readonly List<IRuleSet> _ruleSets = [];

    /// <summary>Creates an empty repository that makes rules with their parameterless constructors.</summary>
    public RuleRepository()
        : this(new DefaultRuleActivator())
    {
    }

    /// <summary>Creates an empty repository.</summary>
    /// <param name="activator">Makes rules from rule classes.</param>
    public RuleRepository(IRuleActivator activator)
    {
        Activator = activator;
    }

    /// <summary>Makes rules from rule classes.</summary>
    public IRuleActivator Activator { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IRuleSet> GetRuleSets() => _ruleSets;

    /// <summary>Adds a rule set.</summary>
    /// <param name="ruleSet">Rule set; its name must differ from those of the sets in the repository.</param>
    /// <exception cref="ArgumentException">There is a rule set of that name.</exception>
    public void Add(IRuleSet ruleSet)
    {
        if (_ruleSets.Exists(s => s.Name == ruleSet.Name))
        {
            throw new ArgumentException($"Rule set with the same name already exists. Name={ruleSet.Name}", nameof(ruleSet));
        }

        _ruleSets.Add(ruleSet);
    }

    /// <summary>Loads rules.</summary>
    /// <param name="specAction">Says which.</param>
    /// <exception cref="RuleActivationException">A rule class could not be instantiated.</exception>
    /// <exception cref="RuleDefinitionException">A rule is not valid.</exception>
    public void Load(Action<IRuleLoadSpec> specAction) => Load(specAction, CancellationToken.None);

    /// <summary>Loads rules, until cancelled.</summary>
    /// <param name="specAction">Says which.</param>
    /// <param name="cancellationToken">Stops loading; rules loaded so far stay.</param>
    /// <exception cref="RuleActivationException">A rule class could not be instantiated.</exception>
    /// <exception cref="RuleDefinitionException">A rule is not valid.</exception>
    public void Load(Action<IRuleLoadSpec> specAction, CancellationToken cancellationToken)
    {
        var spec = new RuleLoadSpec(Activator);
        specAction(spec);
        var name = spec.RuleSetName ?? DefaultRuleSetName;
        var ruleSet = _ruleSets.Find(s => s.Name == name);
        if (ruleSet is null)
        {
            ruleSet = new RuleSet(name);
            _ruleSets.Add(ruleSet);
        }

        ruleSet.Add(spec.Load(), cancellationToken);
    }
}
