using System.Reflection;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Fluent;

/// <summary>Says which rules a repository loads.</summary>
public interface IRuleLoadSpec
{
    /// <summary>Whether classes that are not public are loaded; off by default.</summary>
    /// <param name="include">Whether to include them.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec PrivateTypes(bool include = true);

    /// <summary>Whether nested classes are loaded; off by default.</summary>
    /// <param name="include">Whether to include them.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec NestedTypes(bool include = true);

    /// <summary>Loads the rule classes of assemblies.</summary>
    /// <param name="assemblies">Assemblies.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(params Assembly[] assemblies);

    /// <summary>Loads the rule classes of assemblies.</summary>
    /// <param name="assemblies">Assemblies.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(IEnumerable<Assembly> assemblies);

    /// <summary>Loads rule classes.</summary>
    /// <param name="types">Rule classes.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(params Type[] types);

    /// <summary>Loads rule classes.</summary>
    /// <param name="types">Rule classes.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(IEnumerable<Type> types);

    /// <summary>Loads rule classes that a scan finds.</summary>
    /// <param name="scanAction">Says what to scan.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(Action<IRuleTypeScanner> scanAction);

    /// <summary>Loads rules.</summary>
    /// <param name="rules">Rules.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(params Rule[] rules);

    /// <summary>Loads rules.</summary>
    /// <param name="rules">Rules.</param>
    /// <returns>Specification to continue.</returns>
    IRuleLoadSpec From(IEnumerable<Rule> rules);

    /// <summary>Loads only the rules whose metadata satisfy a condition.</summary>
    /// <param name="filter">Condition.</param>
    /// <returns>Specification to continue.</returns>
    /// <exception cref="InvalidOperationException">There is a condition already.</exception>
    IRuleLoadSpec Where(Func<IRuleMetadata, bool> filter);

    /// <summary>Loads into a named rule set instead of the default one.</summary>
    /// <param name="ruleSetName">Name of the rule set.</param>
    /// <returns>Specification to continue.</returns>
    /// <exception cref="InvalidOperationException">There is a name already.</exception>
    IRuleLoadSpec To(string ruleSetName);
}
