using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Components.Forms;

/// <summary>One field of a form, read from a JSON Schema property.</summary>
public sealed record FormField
{
    /// <summary>Name of the property.</summary>
    public required string Name { get; init; }

    /// <summary>What the label says.</summary>
    public required string Title { get; init; }

    /// <summary>How it is filled in.</summary>
    public required FormKind Kind { get; init; }

    /// <summary>Help below the field.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it must be filled in.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is only shown.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What can be chosen: value and label.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Least value, or fewest items.</summary>
    public decimal? Min { get; init; }

    /// <summary>Greatest value, or most items.</summary>
    public decimal? Max { get; init; }

    /// <summary>Fewest characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Regular expression a text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>What the field starts with.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Fields of a group.</summary>
    public IReadOnlyList<FormField> Children { get; init; } = [];

    /// <summary>When it is asked for; null for always.</summary>
    public Func<JsonObject, bool>? ShownWhen { get; init; }
}
