namespace Ecosystem.Rules.Json;

/// <summary>Maps types to the names they have in JSON.</summary>
public interface ITypeResolver
{
    /// <summary>Gets the name of a type.</summary>
    /// <param name="type">Type.</param>
    /// <returns>Its name.</returns>
    string? GetTypeName(Type type);

    /// <summary>Gets the type with a name.</summary>
    /// <param name="typeName">Name.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    Type GetTypeFromName(string typeName);
}
