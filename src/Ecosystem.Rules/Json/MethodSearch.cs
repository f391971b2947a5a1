using System.Reflection;
using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>Finds the method that a name and the types of its arguments stand for.</summary>
internal static class MethodSearch
{
    public const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>The method of a type by exact types, or else the one that takes the arguments; null when there is none or more than one.</summary>
    public static MethodInfo? Find(Type type, string name, Type[] arguments)
    {
        try
        {
            return type.GetMethod(name, Any, arguments);
        }
        catch (AmbiguousMatchException)
        {
            return null;
        }
    }

    /// <summary>The generic method made with its arguments.</summary>
    public static MethodInfo FindGeneric(Type type, string name, Type[] generic, Type[] parameters) =>
        Candidates(type, name)
            .Where(method => method.GetGenericArguments().Length == generic.Length)
            .Select(method => Make(method, generic))
            .FirstOrDefault(method => method?.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters) == true)
        ?? throw Missing(type, name, parameters);

    /// <summary>The generic method whose arguments follow from the types of what it is called with.</summary>
    public static MethodInfo Infer(Type type, string name, Type[] arguments)
    {
        foreach (var method in Candidates(type, name))
        {
            var parameters = method.GetParameters();
            var found = new Dictionary<Type, Type>();
            if (parameters.Length == arguments.Length
                && parameters.Zip(arguments).All(pair => Unify(pair.First.ParameterType, pair.Second, found))
                && method.GetGenericArguments().All(found.ContainsKey)
                && Make(method, [.. method.GetGenericArguments().Select(argument => found[argument])]) is { } made
                && made.GetParameters().Zip(arguments).All(pair => pair.First.ParameterType.IsAssignableFrom(pair.Second)))
            {
                return made;
            }
        }

        throw Missing(type, name, arguments);
    }

    private static IEnumerable<MethodInfo> Candidates(Type type, string name) =>
        type.GetMethods(Any).Where(method => method.Name == name && method.IsGenericMethodDefinition);

    private static MethodInfo? Make(MethodInfo method, Type[] arguments)
    {
        try
        {
            return method.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            // The arguments break a constraint: it is another overload.
            return null;
        }
    }

    private static bool Unify(Type parameter, Type argument, Dictionary<Type, Type> found)
    {
        if (parameter.IsGenericParameter)
        {
            return found.TryAdd(parameter, argument) || found[parameter] == argument;
        }

        if (!parameter.ContainsGenericParameters)
        {
            return parameter.IsAssignableFrom(argument);
        }

        if (parameter.IsArray)
        {
            return argument.IsArray && Unify(parameter.GetElementType()!, argument.GetElementType()!, found);
        }

        var definition = parameter.GetGenericTypeDefinition();
        var match = Ancestors(argument).FirstOrDefault(ancestor => ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == definition);
        return match is not null && parameter.GetGenericArguments().Zip(match.GetGenericArguments()).All(pair => Unify(pair.First, pair.Second, found));
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }

        foreach (var implemented in type.GetInterfaces())
        {
            yield return implemented;
        }
    }

    private static JsonException Missing(Type type, string name, Type[] parameters) =>
        new($"Type '{type}' has no method '{name}({string.Join(", ", parameters.Select(p => p.Name))})'.");
}
