using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A variable of a definition or of a container.</summary>
/// <param name="Id">Its id, by which outputs and expressions refer to it.</param>
/// <param name="Name">Its name, as scripts see it.</param>
/// <param name="TypeName">Elsa's type name.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="Default">The value it starts with.</param>
internal sealed record VariableDeclaration(string Id, string Name, string TypeName, bool IsArray, JsonNode? Default);
