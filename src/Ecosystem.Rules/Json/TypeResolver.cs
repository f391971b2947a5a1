using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace Ecosystem.Rules.Json;

/// <summary>
/// Names types by their aliases, or else as .NET does: types of the base library by their full name, others with their assembly, arguments of
/// generic types in double brackets. Only read JSON you trust: names decide which types are loaded.
/// </summary>
public class TypeResolver : ITypeResolver
{
    private readonly ConcurrentDictionary<string, Type> _types = new();
    private readonly ConcurrentDictionary<Type, string> _names = new();

    /// <summary>Registers a short name for a type; for a generic type it stands before the arguments.</summary>
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

        var name = new StringBuilder();
        var element = type;
        var suffix = string.Empty;
        for (; element.IsArray; element = element.GetElementType()!)
        {
            suffix = "[" + new string(',', element.GetArrayRank() - 1) + "]" + suffix;
        }

        var definition = element.IsConstructedGenericType ? element.GetGenericTypeDefinition() : element;
        var isAliased = _names.TryGetValue(element, out var given) || _names.TryGetValue(definition, out given);
        name.Append(isAliased ? given : definition.FullName);
        if (element.IsConstructedGenericType && !_names.ContainsKey(element))
        {
            name.Append('[').AppendJoin(',', element.GenericTypeArguments.Select(a => $"[{GetTypeName(a)}]")).Append(']');
        }

        name.Append(suffix);
        if (!isAliased && element.Assembly != typeof(object).Assembly)
        {
            name.Append(", ").Append(element.Assembly.FullName);
        }

        return name.ToString();
    }

    /// <inheritdoc/>
    public Type GetTypeFromName(string typeName) => _types.TryGetValue(typeName, out var known) ? known : Parse(typeName);

    private Type Parse(string typeName)
    {
        var end = typeName.IndexOfAny(['[', ',']);
        var name = end < 0 ? typeName : typeName[..end];
        var arguments = new List<Type>();
        var ranks = new List<int>();
        var position = name.Length;
        while (position < typeName.Length && typeName[position] == '[')
        {
            var close = ClosingBracket(typeName, position);
            var inner = typeName[(position + 1)..close];
            if (inner.StartsWith('['))
            {
                arguments.AddRange(Arguments(inner).Select(GetTypeFromName));
            }
            else
            {
                ranks.Add(inner.Length + 1);
            }

            position = close + 1;
        }

        var assembly = position < typeName.Length ? typeName[(position + 1)..].Trim() : null;
        if (!_types.TryGetValue(name, out var type))
        {
            type = assembly is null ? Type.GetType(name) : Assembly.Load(new AssemblyName(assembly)).GetType(name);
        }

        if (type is null)
        {
            throw new ArgumentException($"Unrecognized type name. Type={typeName}", nameof(typeName));
        }

        type = arguments.Count == 0 ? type : type.MakeGenericType([.. arguments]);
        foreach (var rank in ranks)
        {
            type = rank == 1 ? type.MakeArrayType() : type.MakeArrayType(rank);
        }

        return type;
    }

    private static int ClosingBracket(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        throw new ArgumentException($"Unrecognized type name. Type={text}", nameof(text));
    }

    private static IEnumerable<string> Arguments(string list)
    {
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '[')
            {
                var close = ClosingBracket(list, i);
                yield return list[(i + 1)..close];
                i = close;
            }
        }
    }
}
