using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Compiles repositories.</summary>
public static class RuleRepositoryExtensions
{
    /// <summary>Compiles the rules of a repository.</summary>
    /// <param name="repository">Repository.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public static ISessionFactory Compile(this IRuleRepository repository) => repository.Compile(CancellationToken.None);

    /// <summary>Lists the rules of all rule sets of a repository.</summary>
    /// <param name="repository">Repository.</param>
    /// <returns>Rules, in order of the rule sets.</returns>
    public static IEnumerable<IRuleDefinition> GetRules(this IRuleRepository repository) => repository.GetRuleSets().SelectMany(s => s.Rules);

    /// <summary>Compiles the rules of a repository, until cancelled.</summary>
    /// <param name="repository">Repository.</param>
    /// <param name="cancellationToken">Stops compiling; the factory has the rules compiled so far.</param>
    /// <returns>Session factory.</returns>
    /// <exception cref="RuleCompilationException">A rule could not be compiled.</exception>
    public static ISessionFactory Compile(this IRuleRepository repository, CancellationToken cancellationToken) =>
        new RuleCompiler().Compile(repository.GetRuleSets(), cancellationToken);
}
