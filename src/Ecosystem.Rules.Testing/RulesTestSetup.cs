using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RulesTestSetup : IRulesTestSetup
{
    private readonly DefaultRuleActivator _activator = new();
    private readonly RuleDefinitionFactory _definitions = new();
    private readonly List<RuleInfo> _rules = [];

    public IReadOnlyCollection<RuleInfo> Rules => _rules;

    public Action<RuleCompiler> CompilerSetupAction { get; set; } = static _ => { };

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

    public void Rule(Rule ruleInstance) => Add(new RuleInfo(ruleInstance.GetType(), ruleInstance, _definitions.Create(ruleInstance)));

    public void Rule(IRuleDefinition ruleDefinition) => Add(new RuleInfo(null, null, ruleDefinition));

    private void Add(RuleInfo rule)
    {
        if (rule.Type is not null && _rules.Exists(r => r.Type == rule.Type))
        {
            throw new ArgumentException($"A rule of that class is already under test. Type={rule.Type}");
        }

        if (_rules.Exists(r => r.Definition.Name == rule.Definition.Name))
        {
            throw new ArgumentException($"A rule of that name is already under test. Name={rule.Definition.Name}");
        }

        _rules.Add(rule);
    }
}
