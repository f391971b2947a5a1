using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A variable of a case.</summary>
/// <param name="Id">The variable's id in the definition.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type, as the definition writes it.</param>
/// <param name="Value">Its value now.</param>
public sealed record CaseVariable(string Id, string Name, string? TypeName, JsonNode? Value);
