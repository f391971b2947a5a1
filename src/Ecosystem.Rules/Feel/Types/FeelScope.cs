using System.Collections.Frozen;

namespace Ecosystem.Rules.Feel;

/// <summary>The names an expression may use, with their types, and the named types it may refer to. Immutable and thread-safe.</summary>
public sealed class FeelScope
{
    /// <summary>Creates a scope.</summary>
    /// <param name="names">Variables and their types; <see cref="FeelType.Any"/> where a type is not known.</param>
    /// <param name="types">Named types for "instance of" and parameters.</param>
    public FeelScope(IEnumerable<KeyValuePair<string, FeelType>> names, IEnumerable<KeyValuePair<string, FeelType>>? types = null)
    {
        Names = names.ToFrozenDictionary(n => FeelNames.Normalize(n.Key), n => n.Value, StringComparer.Ordinal);
        Types = (types ?? []).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A scope with no names.</summary>
    public static FeelScope Empty { get; } = new([]);

    /// <summary>Variables and their types.</summary>
    public IReadOnlyDictionary<string, FeelType> Names { get; }

    /// <summary>Named types.</summary>
    public IReadOnlyDictionary<string, FeelType> Types { get; }

    /// <summary>This scope with one name more (or one replaced).</summary>
    /// <param name="name">Name of the variable; may hold spaces.</param>
    /// <param name="type">Its type.</param>
    public FeelScope With(string name, FeelType type)
    {
        var names = new Dictionary<string, FeelType>(Names, StringComparer.Ordinal) { [FeelNames.Normalize(name)] = type };
        return new FeelScope(names, Types);
    }
}
