namespace Ecosystem.Rules.Testing;

internal sealed class RulesUnderTest(IReadOnlyCollection<RuleInfo> rules) : IRulesUnderTest
{
    public IReadOnlyCollection<RuleInfo> Rules => rules;

    public RuleInfo GetSingle() => rules.Count switch
    {
        1 => rules.Single(),
        0 => throw new ArgumentException("Expected a single rule under test, but none is set up"),
        _ => throw new ArgumentException($"Expected a single rule under test, but {rules.Count} are set up. Say which rule is meant."),
    };

    public RuleInfo GetRuleInfo(Type ruleType) => Find(r => r.Type == ruleType)
        ?? throw new ArgumentException($"Rule is not under test. Type={ruleType}", nameof(ruleType));

    public RuleInfo GetRuleInfo(string ruleName) => Find(r => r.Definition.Name == ruleName)
        ?? throw new ArgumentException($"Rule is not under test. Name={ruleName}", nameof(ruleName));

    private RuleInfo? Find(Func<RuleInfo, bool> predicate) => rules.Where(predicate).Select(r => (RuleInfo?)r).FirstOrDefault();
}
