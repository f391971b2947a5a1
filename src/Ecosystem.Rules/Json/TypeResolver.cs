using System.Collections.Concurrent;
using System.Reflection;

namespace Ecosystem.Rules.Json;

/// <summary>Names types by their aliases, or else as .NET does, with their assembly. Only read JSON you trust: names decide which types are loaded.</summary>
public class TypeResolver : ITypeResolver
{
    private readonly ConcurrentDictionary<string, Type> _types = new();
    private readonly ConcurrentDictionary<Type, string> _names = new();

    /// <summary>Registers a short name for a type.</summary>
    /// <param name="alias">Name.</param>
    /// <param name="type">Type.</param>
    /// <exception cref="ArgumentException">The name is taken by another type.</exception>
    public void RegisterAlias(string alias, Type type)
    {
        if (_types.GetOrAdd(alias, type) != type)
        {
            throw new ArgumentException($"Alias is taken. Alias={alias}, Type={_types[alias]}", nameof(alias));
        }

        _names[type] = alias;
    }

    /// <summary>Registers the names that C# has for its own types.</summary>
    public void RegisterDefaultAliases()
    {
        foreach (var (alias, type) in new (string, Type)[]
        {
            ("bool", typeof(bool)), ("byte", typeof(byte)), ("char", typeof(char)), ("short", typeof(short)), ("int", typeof(int)),
            ("long", typeof(long)), ("float", typeof(float)), ("double", typeof(double)), ("decimal", typeof(decimal)),
            ("string", typeof(string)), ("object", typeof(object)), ("void", typeof(void)), ("Guid", typeof(Guid)),
            ("DateTime", typeof(DateTime)), ("DateTimeOffset", typeof(DateTimeOffset)), ("TimeSpan", typeof(TimeSpan)),
            ("IContext", typeof(RuleModel.IContext)),
        })
        {
            RegisterAlias(alias, type);
        }
    }

    /// <inheritdoc/>
    public string? GetTypeName(Type type)
    {
        if (_names.TryGetValue(type, out var alias))
        {
            return alias;
        }

        if (type.IsArray)
        {
            return GetTypeName(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (type.IsConstructedGenericType)
        {
            var arguments = type.GenericTypeArguments.Select(GetTypeName);
            return $"{GetTypeName(type.GetGenericTypeDefinition())}<{string.Join("|", arguments)}>";
        }

        return $"{type.FullName}, {type.Assembly.GetName().Name}";
    }

    /// <inheritdoc/>
    public Type GetTypeFromName(string typeName)
    {
        if (_types.TryGetValue(typeName, out var known))
        {
            return known;
        }

        if (typeName.EndsWith(']'))
        {
            var start = typeName.LastIndexOf('[');
            var element = GetTypeFromName(typeName[..start]);
            var rank = typeName.Length - start - 1;
            return rank == 1 ? element.MakeArrayType() : element.MakeArrayType(rank);
        }

        if (typeName.EndsWith('>'))
        {
            var start = typeName.IndexOf('<', StringComparison.Ordinal);
            var definition = GetTypeFromName(typeName[..start]);
            return definition.MakeGenericType([.. Split(typeName[(start + 1)..^1]).Select(GetTypeFromName)]);
        }

        var comma = typeName.IndexOf(',', StringComparison.Ordinal);
        var type = comma < 0
            ? Type.GetType(typeName)
            : Assembly.Load(new AssemblyName(typeName[(comma + 1)..].Trim())).GetType(typeName[..comma]);
        return type ?? throw new ArgumentException($"Unrecognized type name. Type={typeName}", nameof(typeName));
    }

    private static IEnumerable<string> Split(string arguments)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            depth += arguments[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (arguments[i] == '|' && depth == 0)
            {
                yield return arguments[start..i];
                start = i + 1;
            }
        }

        yield return arguments[start..];
    }
}
