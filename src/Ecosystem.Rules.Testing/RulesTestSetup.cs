using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RulesTestSetup : IRulesTestSetup, IRulesUnderTest
{
    private readonly RuleActivator _activator = new();
    private readonly RuleDefinitionFactory _definitions = new();
    private readonly List<(Type? Type, IRuleDefinition Definition)> _rules = [];

    public Action<RuleCompiler> CompilerSetupAction { get; set; } = static _ => { };

    public IEnumerable<IRuleDefinition> Definitions => _rules.Select(r => r.Definition);

    public void Rule<T>()
        where T : Rule => Rule(typeof(T));

    public void Rule(Type ruleType)
    {
        if (!RuleTypeScanner.IsRuleType(ruleType))
        {
            return;
        }

        foreach (var rule in _activator.Activate(ruleType))
        {
            Rule(rule);
        }
    }

    public void Rule(Rule ruleInstance) => Add(ruleInstance.GetType(), _definitions.Create(ruleInstance));

    public void Rule(IRuleDefinition ruleDefinition) => Add(null, ruleDefinition);

    public IRuleDefinition GetSingle() => _rules.Count == 1
        ? _rules[0].Definition
        : throw new ArgumentException($"Expected a single rule under test, found {_rules.Count}. Say which rule is meant.");

    public IRuleDefinition Get(Type ruleType) => _rules.Find(r => r.Type == ruleType).Definition
        ?? throw new ArgumentException($"Rule is not under test. Type={ruleType}", nameof(ruleType));

    public IRuleDefinition Get(string ruleName) => _rules.Find(r => r.Definition.Name == ruleName).Definition
        ?? throw new ArgumentException($"Rule is not under test. Name={ruleName}", nameof(ruleName));

    private void Add(Type? type, IRuleDefinition definition)
    {
        if (_rules.Exists(r => r.Definition.Name == definition.Name))
        {
            throw new ArgumentException($"A rule of that name is already under test. Name={definition.Name}");
        }

        _rules.Add((type, definition));
    }
}
