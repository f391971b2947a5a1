namespace Ecosystem.Rules.Testing;

/// <summary>Base of test classes for rules: set up the rules, work with the session, verify what fired.</summary>
public class RulesTestFixture
{
    private readonly Lazy<RulesTestHarness> _harness;

    /// <summary>Creates the fixture.</summary>
    public RulesTestFixture()
    {
        Setup = new RulesTestSetup();
        _harness = new Lazy<RulesTestHarness>(() => new RulesTestHarness(Setup));
    }

    /// <summary>Turns failures into those of the test framework; by default they are <see cref="RuleAssertionException"/>.</summary>
    public IRuleAsserter Asserter { get; set; } = new DefaultRuleAsserter();

    /// <summary>Says which rules are under test; use it before <see cref="Session"/>.</summary>
    public IRulesTestSetup Setup { get; }

    /// <summary>The session; it is made when it is first used.</summary>
    public ISession Session => _harness.Value.Session;

    /// <summary>What fired.</summary>
    public IRuleInvocationRecorder Recorder => _harness.Value.Recorder;

    /// <summary>Verifies how often rules fired.</summary>
    /// <param name="buildAction">Expectations.</param>
    public void Verify(Action<IRulesFiringVerification> buildAction) =>
        Asserter.Assert(_harness.Value.GetRulesVerification().Verify(buildAction));

    /// <summary>Verifies exactly what fired, in order.</summary>
    /// <param name="buildAction">Expectations.</param>
    public void VerifySequence(Action<IRuleSequenceFiringVerification> buildAction) =>
        Asserter.Assert(_harness.Value.GetRulesVerification().VerifySequence(buildAction));
}
