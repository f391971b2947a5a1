using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ecosystem.Designer.Elsa;

/// <summary>An input of an activity type.</summary>
internal sealed record InputDescriptor
{
    /// <summary>Name; definitions use it with a small first letter.</summary>
    public required string Name { get; init; }

    /// <summary>Alias of its type.</summary>
    public string TypeName { get; init; } = "String";

    /// <summary>Label.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }

    /// <summary>Place among the inputs.</summary>
    public float Order { get; init; }

    /// <summary>Whether the property editor shows it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether it exists only in the descriptor.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Whether its value is an expression.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Which editor Studio shows.</summary>
    [JsonPropertyName("uiHint")]
    public string UIHint { get; init; } = "singleline";

    /// <summary>Heading in the property editor.</summary>
    public string? Category { get; init; }

    /// <summary>Value when none is set.</summary>
    public JsonNode? DefaultValue { get; init; }

    /// <summary>Expression language the editor starts with.</summary>
    public string DefaultSyntax { get; init; } = "Literal";

    /// <summary>Whether it can be changed.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What the editor needs, for example the choices of a drop-down.</summary>
    [JsonPropertyName("uiSpecifications")]
    public JsonObject? UISpecifications { get; init; }
}
