using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Json;

/// <summary>Lets <see cref="JsonSerializer"/> write and read rules: <see cref="IRuleDefinition"/>, and expressions: <see cref="System.Linq.Expressions.Expression"/>.</summary>
public static class RuleSerializer
{
    /// <summary>Adds the converters, with the names C# has for its own types.</summary>
    /// <param name="options">Options to add to.</param>
    public static void Setup(JsonSerializerOptions options) => Setup(options, DefaultResolver());

    /// <summary>Adds the converters.</summary>
    /// <param name="options">Options to add to.</param>
    /// <param name="typeResolver">Names of types.</param>
    public static void Setup(JsonSerializerOptions options, ITypeResolver typeResolver)
    {
        foreach (var converter in GetConverters(typeResolver))
        {
            options.Converters.Add(converter);
        }
    }

    /// <summary>Makes the converters, with the names C# has for its own types.</summary>
    /// <returns>Converters.</returns>
    public static IReadOnlyCollection<JsonConverter> GetConverters() => GetConverters(DefaultResolver());

    /// <summary>Makes the converters.</summary>
    /// <param name="typeResolver">Names of types.</param>
    /// <returns>Converters.</returns>
    public static IReadOnlyCollection<JsonConverter> GetConverters(ITypeResolver typeResolver) =>
        [new RuleDefinitionConverter(typeResolver), new ExpressionConverter(typeResolver)];

    private static TypeResolver DefaultResolver()
    {
        var resolver = new TypeResolver();
        resolver.RegisterDefaultAliases();
        return resolver;
    }
}
