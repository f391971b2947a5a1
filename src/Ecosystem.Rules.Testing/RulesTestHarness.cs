using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>Compiles the rules under test into a session and records what fires. <see cref="RulesTestFixture"/> is built on it.</summary>
public class RulesTestHarness
{
    private readonly RulesTestSetup _setup;
    private readonly RuleInvocationRecorder _recorder;

    /// <summary>Creates the harness.</summary>
    /// <param name="setup">Says which rules are under test.</param>
    public RulesTestHarness(IRulesTestSetup setup)
    {
        _setup = (RulesTestSetup)setup;
        var compiler = new RuleCompiler();
        _setup.CompilerSetupAction(compiler);
        var ruleSet = new RuleSet("Rules under test");
        ruleSet.Add(_setup.Definitions);
        var factory = compiler.Compile([ruleSet]);
        RuleInvocationRecorder? recorder = null;
        Session = factory.CreateSession(session => recorder = new RuleInvocationRecorder(session));
        _recorder = recorder!;
    }

    /// <summary>The session.</summary>
    public ISession Session { get; }

    /// <summary>What fired.</summary>
    public IRuleInvocationRecorder Recorder => _recorder;

    /// <summary>Verifies what fired.</summary>
    /// <returns>Verification of the firings recorded so far.</returns>
    public IRulesVerification GetRulesVerification() => new RulesVerification(_setup, _recorder.GetInvocations());
}
