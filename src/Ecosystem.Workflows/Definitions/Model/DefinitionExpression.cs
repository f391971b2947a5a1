using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>An expression as a definition writes it.</summary>
/// <param name="Type">The language: <c>Literal</c>, <c>Object</c>, <c>Variable</c>, <c>Input</c>, <c>Output</c>, <c>JavaScript</c>, <c>Liquid</c>, <c>FEEL</c>, <c>CSharp</c>.</param>
/// <param name="Value">The text of the expression, or what it names.</param>
internal sealed record DefinitionExpression(string Type, JsonNode? Value)
{
    /// <summary>The expression's text; empty when there is none.</summary>
    internal string Text => Value switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => Value.ToJsonString(),
    };

    internal bool IsType(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);
}
