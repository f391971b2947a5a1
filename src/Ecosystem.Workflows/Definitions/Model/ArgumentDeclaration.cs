using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>An input or an output of a definition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Elsa's type name.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="Default">For an input: the value when none is given.</param>
/// <param name="IsRequired">For an input: true when it has to be given.</param>
internal sealed record ArgumentDeclaration(string Name, string TypeName, bool IsArray, JsonNode? Default, bool IsRequired);
