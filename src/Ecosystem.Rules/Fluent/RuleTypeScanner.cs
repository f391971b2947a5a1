using System.Reflection;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Fluent;

/// <summary>Finds rule classes: concrete classes that derive from <see cref="Rule"/>.</summary>
public class RuleTypeScanner : IRuleTypeScanner
{
    private readonly List<Type> _types = [];
    private readonly List<Func<Type, bool>> _predicates = [];
    private bool _nested;
    private bool _private;

    /// <summary>Tells whether a type is a rule class.</summary>
    /// <param name="type">Type.</param>
    /// <returns>Whether it is a concrete class that derives from <see cref="Rule"/>.</returns>
    public static bool IsRuleType(Type type) =>
        typeof(Rule).IsAssignableFrom(type) && !type.IsAbstract && !type.ContainsGenericParameters;

    /// <inheritdoc/>
    public IRuleTypeScanner PrivateTypes(bool include = true)
    {
        _private = include;
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner NestedTypes(bool include = true)
    {
        _nested = include;
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner Assembly(params Assembly[] assemblies) => Type([.. assemblies.SelectMany(a => a.GetTypes())]);

    /// <inheritdoc/>
    public IRuleTypeScanner AssemblyOf<T>() => Assembly(typeof(T).Assembly);

    /// <inheritdoc/>
    public IRuleTypeScanner AssemblyOf(Type type) => Assembly(type.Assembly);

    /// <inheritdoc/>
    public IRuleTypeScanner Type(params Type[] types)
    {
        _types.AddRange(types.Where(IsRuleType));
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner Where(Func<Type, bool> predicate)
    {
        _predicates.Add(predicate);
        return this;
    }

    /// <summary>Lists the rule classes found.</summary>
    /// <returns>Types, in the order they were found, without repetition.</returns>
    public Type[] GetRuleTypes() =>
        [.. _types.Where(t => _predicates.TrueForAll(p => p(t)) && (_nested || !t.IsNested) && (_private || t.IsPublic || t.IsNestedPublic)).Distinct()];
}
