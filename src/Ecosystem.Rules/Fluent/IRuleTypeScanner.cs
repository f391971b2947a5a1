using System.Reflection;

namespace Ecosystem.Rules.Fluent;

/// <summary>Finds rule classes.</summary>
public interface IRuleTypeScanner
{
    /// <summary>Whether classes that are not public are found; off by default.</summary>
    /// <param name="include">Whether to include them.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner PrivateTypes(bool include = true);

    /// <summary>Whether nested classes are found; off by default.</summary>
    /// <param name="include">Whether to include them.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner NestedTypes(bool include = true);

    /// <summary>Finds the rule classes of assemblies.</summary>
    /// <param name="assemblies">Assemblies.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner Assembly(params Assembly[] assemblies);

    /// <summary>Finds the rule classes of the assembly that defines a type.</summary>
    /// <typeparam name="T">Type in the assembly.</typeparam>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner AssemblyOf<T>();

    /// <summary>Finds the rule classes of the assembly that defines a type.</summary>
    /// <param name="type">Type in the assembly.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner AssemblyOf(Type type);

    /// <summary>Takes rule classes.</summary>
    /// <param name="types">Rule classes.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner Type(params Type[] types);

    /// <summary>Leaves out rule classes that do not pass a test; of several tests all must pass.</summary>
    /// <param name="predicate">The test.</param>
    /// <returns>Scanner to continue.</returns>
    IRuleTypeScanner Where(Func<Type, bool> predicate);
}
