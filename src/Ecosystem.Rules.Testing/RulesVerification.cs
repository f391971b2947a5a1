using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class RulesVerification(IRulesUnderTest rules, IReadOnlyList<IMatch> firings) : IRulesVerification
{
    public RuleAssertResult VerifySequence(Action<IRuleSequenceFiringVerification> action)
    {
        var expected = new Sequence(rules);
        action(expected);
        return Verify(expected.Expectations, static (expectation, remaining) => [.. remaining.Take(1).Where(expectation.IsMetBy)]);
    }

    public RuleAssertResult Verify(Action<IRulesFiringVerification> action)
    {
        var expected = new Counted(rules);
        action(expected);
        return Verify(expected.Expectations, static (expectation, remaining) =>
        {
            // If the firings that come next are as many as expected, they are taken, so that a rule can be expected more than once.
            List<IMatch> next = [.. remaining.TakeWhile(expectation.IsMetBy)];
            return next.Count == expectation.Times.Value && next.Count > 0 ? next : remaining.FindAll(expectation.IsMetBy);
        });
    }

    /// <summary>Holds firings against expectations one after the other; each takes away the firings it expects.</summary>
    private RuleAssertResult Verify(List<RuleExpectation> expectations, Func<RuleExpectation, List<IMatch>, List<IMatch>> take)
    {
        var remaining = firings.ToList();
        foreach (var expectation in expectations)
        {
            var taken = take(expectation, remaining);
            if (taken.Count != expectation.Times.Value)
            {
                return Failed(expectation.Rule.Name, expectation.Text, expectation.Times.Value, taken.Count);
            }

            remaining.RemoveAll(taken.Contains);
            expectation.OnMet(taken);
        }

        var expected = expectations.Sum(e => e.Times.Value);
        return expected > 0 && remaining.Count > 0
            ? Failed(null, "Fired", expected, firings.Count)
            : new RuleAssertResult(null, RuleAssertStatus.Passed, "Fired", expected, expected);
    }

    private RuleAssertResult Failed(string? ruleName, string text, int expected, int actual) =>
        new(ruleName, RuleAssertStatus.Failed, text, expected, actual) { Firings = Describe() };

    private string Describe() => firings.Count == 0
        ? "Nothing fired."
        : string.Join(
            Environment.NewLine, firings.Select(m => $"Fired: {m.Rule.Name} ({string.Join(", ", m.Facts.Select(f => f.Value))})"));

    private abstract class Builder<TVerification>(IRulesUnderTest rules) : IRulesFiringVerification<TVerification>
    {
        public List<RuleExpectation> Expectations { get; } = [];

        public TVerification Rule() => Add(rules.GetSingle());

        public TVerification Rule<TRule>()
            where TRule : Fluent.Dsl.Rule => Add(rules.GetRuleInfo(typeof(TRule)));

        public TVerification Rule(Type ruleType) => Add(rules.GetRuleInfo(ruleType));

        public TVerification Rule(string ruleName) => Add(rules.GetRuleInfo(ruleName));

        protected abstract TVerification Add(RuleExpectation expectation);

        private TVerification Add(RuleInfo rule)
        {
            var expectation = new RuleExpectation(rule.Definition);
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
