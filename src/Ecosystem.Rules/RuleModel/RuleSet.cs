namespace Ecosystem.Rules.RuleModel;

/// <summary>Rules that belong together. Not thread-safe while rules are added.</summary>
public class RuleSet : IRuleSet
{
    private readonly List<IRuleDefinition> _rules = [];

    /// <summary>Creates an empty set.</summary>
    /// <param name="name">Name of the set.</param>
    public RuleSet(string name)
    {
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IEnumerable<IRuleDefinition> Rules => _rules;

    /// <inheritdoc/>
    public void Add(IEnumerable<IRuleDefinition> ruleDefinitions) => Add(ruleDefinitions, CancellationToken.None);

    /// <inheritdoc/>
    public void Add(IEnumerable<IRuleDefinition> ruleDefinitions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ruleDefinitions);
        foreach (var rule in ruleDefinitions)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _rules.Add(rule);
        }
    }
}
