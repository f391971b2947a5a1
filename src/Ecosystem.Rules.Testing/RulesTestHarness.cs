namespace Ecosystem.Rules.Testing;

/// <summary>Compiles the rules under test into a session and records what fires. <see cref="RulesTestFixture"/> is built on it.</summary>
public class RulesTestHarness
{
    private readonly RulesUnderTest _rules;
    private readonly RuleInvocationRecorder _recorder;

    /// <summary>Creates the harness.</summary>
    /// <param name="setup">Says which rules are under test.</param>
    public RulesTestHarness(IRulesTestSetup setup)
    {
        _rules = new RulesUnderTest(setup.Rules);
        var compiler = new RuleCompiler();
        setup.CompilerSetupAction(compiler);
        var factory = compiler.Compile(setup.Rules.Select(r => r.Definition));
        RuleInvocationRecorder? recorder = null;
        Session = factory.CreateSession(session => recorder = new RuleInvocationRecorder(session));
        _recorder = recorder!;
    }

    /// <summary>The rules under test.</summary>
    public IRulesUnderTest RuleSet => _rules;

    /// <summary>The session.</summary>
    public ISession Session { get; }

    /// <summary>What fired.</summary>
    public IRuleInvocationRecorder Recorder => _recorder;

    /// <summary>Compares what fired until now with expectations.</summary>
    /// <returns>The verification.</returns>
    public IRulesVerification GetRulesVerification() => new RulesVerification(_rules, _recorder.GetInvocations());
}
