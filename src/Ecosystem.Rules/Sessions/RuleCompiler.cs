using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Compiles rules to a <see cref="ISessionFactory"/>.</summary>
public class RuleCompiler
{
    /// <summary>Creates the compiler.</summary>
    public RuleCompiler()
        : this(new RuleCompilerOptions())
    {
    }

    /// <summary>Creates the compiler.</summary>
    /// <param name="options">Options.</param>
    public RuleCompiler(RuleCompilerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
    }

    /// <summary>Factories of custom aggregations.</summary>
    public AggregatorRegistry AggregatorRegistry { get; } = new();

    /// <summary>Comparers that tell facts apart.</summary>
    public FactIdentityComparerRegistry FactIdentityComparerRegistry { get; } = new();

    /// <summary>Compiles expressions to delegates.</summary>
    public IExpressionCompiler ExpressionCompiler { get; set; } = new ExpressionCompiler();

    /// <summary>Most firings of one <see cref="ISession.Fire()"/>; beyond it <see cref="RuleLoopException"/> names the rules that seem to loop. 10,000,000 by default; 0 for no limit.</summary>
    public int FiringLimit { get; set; } = 10_000_000;

    /// <summary>Debug mode: finds facts that were changed without an update, before firing and after each rule. Slow; off by default.</summary>
    public bool DetectSilentChanges { get; set; }

    /// <summary>Measures the time spent in each node, see <see cref="ISession.Metrics"/>. Off by default.</summary>
    public bool MeasureNodeTimes { get; set; }

    /// <summary>Compiles rules.</summary>
    /// <param name="ruleDefinitions">Rules; of equal priority, those that come first fire first.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleDefinition> ruleDefinitions) => Compile(ruleDefinitions, CancellationToken.None);

    /// <summary>Compiles rules, until cancelled.</summary>
    /// <param name="ruleDefinitions">Rules; of equal priority, those that come first fire first.</param>
    /// <param name="cancellationToken">Stops compiling; the factory has the rules compiled so far.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleDefinition> ruleDefinitions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ruleDefinitions);
        var builder = new NetworkBuilder(ExpressionCompiler, AggregatorRegistry);
        foreach (var rule in ruleDefinitions)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            try
            {
                builder.Add(rule);
            }
            catch (Exception e)
            {
                throw new RuleCompilationException("Failed to compile rule", rule.Name, e);
            }
        }

        var comparers = FactIdentityComparerRegistry;
        return new SessionFactory(
            builder.Build(),
            comparers.Build(),
            comparers.IsDefault,
            new EngineOptions(FiringLimit, DetectSilentChanges, MeasureNodeTimes));
    }

    /// <summary>Compiles rule sets.</summary>
    /// <param name="ruleSets">Rule sets.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleSet> ruleSets) => Compile(ruleSets, CancellationToken.None);

    /// <summary>Compiles rule sets, until cancelled.</summary>
    /// <param name="ruleSets">Rule sets.</param>
    /// <param name="cancellationToken">Stops compiling; the factory has the rules compiled so far.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleSet> ruleSets, CancellationToken cancellationToken) =>
        Compile(ruleSets.SelectMany(s => s.Rules), cancellationToken);
}
