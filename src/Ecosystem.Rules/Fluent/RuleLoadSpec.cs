using System.Reflection;
using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent;

internal sealed class RuleLoadSpec(IRuleActivator activator) : IRuleLoadSpec
{
    private readonly RuleTypeScanner _scanner = new();
    private readonly List<Rule> _rules = [];
    private readonly RuleDefinitionFactory _definitions = new();
    private Func<IRuleMetadata, bool>? _filter;

    public string? RuleSetName { get; private set; }

    public IRuleLoadSpec PrivateTypes(bool include = true) => Scan(() => _scanner.PrivateTypes(include));

    public IRuleLoadSpec NestedTypes(bool include = true) => Scan(() => _scanner.NestedTypes(include));

    public IRuleLoadSpec From(params Assembly[] assemblies) => Scan(() => _scanner.Assembly(assemblies));

    public IRuleLoadSpec From(IEnumerable<Assembly> assemblies) => From([.. assemblies]);

    public IRuleLoadSpec From(params Type[] types) => Scan(() => _scanner.Type(types));

    public IRuleLoadSpec From(IEnumerable<Type> types) => From([.. types]);

    public IRuleLoadSpec From(Action<IRuleTypeScanner> scanAction) => Scan(() => scanAction(_scanner));

    public IRuleLoadSpec From(params Rule[] rules) => From(rules.AsEnumerable());

    public IRuleLoadSpec From(IEnumerable<Rule> rules)
    {
        _rules.AddRange(rules);
        return this;
    }

    public IRuleLoadSpec Where(Func<IRuleMetadata, bool> filter)
    {
        _filter = _filter is null
            ? filter
            : throw new InvalidOperationException("Rule load specification can only have a single 'Where' clause");
        return this;
    }

    public IRuleLoadSpec To(string ruleSetName)
    {
        RuleSetName = RuleSetName is null
            ? ruleSetName
            : throw new InvalidOperationException("Rule load specification can only have a single 'To' clause");
        return this;
    }

    public IEnumerable<IRuleDefinition> Load() => _scanner.GetRuleTypes()
        .Where(Accepts)
        .SelectMany(Activate)
        .Concat(_rules.Where(r => Accepts(r.GetType())))
        .Select(_definitions.Create);

    private bool Accepts(Type type) => _filter is null || _filter(new RuleMetadata(type));

    private List<Rule> Activate(Type type)
    {
        try
        {
            return [.. activator.Activate(type)];
        }
        catch (Exception e)
        {
            throw new RuleActivationException("Failed to activate rule type", type, e);
        }
    }

    private RuleLoadSpec Scan(Action scan)
    {
        scan();
        return this;
    }
}
