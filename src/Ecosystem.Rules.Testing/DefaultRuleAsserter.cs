namespace Ecosystem.Rules.Testing;

internal sealed class DefaultRuleAsserter : IRuleAsserter
{
    public void Assert(RuleAssertResult result)
    {
        if (result.Status == RuleAssertStatus.Failed)
        {
            throw new RuleAssertionException(result.GetMessage() + Environment.NewLine + result.Firings);
        }
    }
}
