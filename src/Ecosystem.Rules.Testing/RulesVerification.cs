using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RulesVerification(IRulesUnderTest rules, IReadOnlyList<IMatch> firings) : IRulesVerification
{
    public RuleAssertResult VerifySequence(Action<IRuleSequenceFiringVerification> action)
    {
        var builder = new Sequence(rules);
        action(builder);
        var expected = builder.Expectations;
        for (var i = 0; i < expected.Count; i++)
        {
            if (i >= firings.Count || !expected[i].IsSatisfiedBy(firings[i]))
            {
                return Failed($"Firing {i + 1} differs", string.Join("; ", expected), Describe(firings));
            }
        }

        if (firings.Count > expected.Count)
        {
            return Failed($"{firings.Count - expected.Count} more firings than expected", string.Join("; ", expected), Describe(firings));
        }

        for (var i = 0; i < expected.Count; i++)
        {
            expected[i].OnSatisfied(firings[i]);
        }

        return Passed();
    }

    public RuleAssertResult Verify(Action<IRulesFiringVerification> action)
    {
        var builder = new Counted(rules);
        action(builder);
        foreach (var expectation in builder.Expectations)
        {
            var satisfied = firings.Where(expectation.IsSatisfiedBy).ToArray();
            if (satisfied.Length != expectation.Times.Value)
            {
                return Failed(
                    $"Rule '{expectation.Rule.Name}' fired {satisfied.Length} times as described, not {expectation.Times.Value} times",
                    expectation.ToString(),
                    Describe(firings));
            }

            foreach (var firing in satisfied)
            {
                expectation.OnSatisfied(firing);
            }
        }

        return Passed();
    }

    private static RuleAssertResult Passed() => new(RuleAssertStatus.Passed, string.Empty, null, null);

    private static RuleAssertResult Failed(string message, string expected, string actual) =>
        new(RuleAssertStatus.Failed, message, expected, actual);

    private static string Describe(IReadOnlyList<IMatch> matches) => matches.Count == 0
        ? "nothing fired"
        : string.Join("; ", matches.Select(m => $"{m.Rule.Name} ({string.Join(", ", m.Facts.Select(f => f.Value))})"));

    private abstract class Builder<TVerification>(IRulesUnderTest rules) : IRulesFiringVerification<TVerification>
    {
        public List<RuleExpectation> Expectations { get; } = [];

        public TVerification Rule() => Add(rules.GetSingle());

        public TVerification Rule<TRule>()
            where TRule : Fluent.Dsl.Rule => Add(rules.Get(typeof(TRule)));

        public TVerification Rule(Type ruleType) => Add(rules.Get(ruleType));

        public TVerification Rule(string ruleName) => Add(rules.Get(ruleName));

        protected abstract TVerification Add(RuleExpectation expectation);

        private TVerification Add(IRuleDefinition rule)
        {
            var expectation = new RuleExpectation(rule);
            Expectations.Add(expectation);
            return Add(expectation);
        }
    }

    private sealed class Sequence(IRulesUnderTest rules) : Builder<IRuleFiringVerification>(rules), IRuleSequenceFiringVerification
    {
        protected override IRuleFiringVerification Add(RuleExpectation expectation) => expectation;
    }

    private sealed class Counted(IRulesUnderTest rules) : Builder<IQualifiedRuleFiringVerification>(rules), IRulesFiringVerification
    {
        protected override IQualifiedRuleFiringVerification Add(RuleExpectation expectation) => expectation;
    }
}
