using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Components.Forms;

/// <summary>One field of a form, read from a JSON Schema property.</summary>
public sealed record FormField
{
    /// <summary>Name of the property; empty for the entries of a list that have no fields of their own.</summary>
    public required string Name { get; init; }

    /// <summary>What the label says.</summary>
    public required string Title { get; init; }

    /// <summary>How it is filled in.</summary>
    public required FormKind Kind { get; init; }

    /// <summary>Help below the field.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it must be filled in, given what else was; null for never.</summary>
    public Func<JsonObject, bool>? RequiredWhen { get; init; }

    /// <summary>Whether it is only shown.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What can be chosen: value and label. Of an amount: its currencies.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Least value, or fewest items.</summary>
    public decimal? Min { get; init; }

    /// <summary>Greatest value, or most items.</summary>
    public decimal? Max { get; init; }

    /// <summary>Earliest date.</summary>
    public string? Earliest { get; init; }

    /// <summary>Latest date.</summary>
    public string? Latest { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Kinds of files that are taken, as a file input has them.</summary>
    public string? Accept { get; init; }

    /// <summary>What the field starts with.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Fields of a group, or of each entry of a list.</summary>
    public FormSchema? Fields { get; init; }

    /// <summary>When it is asked for, given what else was filled in; null for always.</summary>
    public Func<JsonObject, bool>? ShownWhen { get; init; }

    /// <summary>Whether it is asked for.</summary>
    /// <param name="values">The values beside it.</param>
    public bool IsShown(JsonObject values) => ShownWhen?.Invoke(values) ?? true;

    /// <summary>Whether it must be filled in.</summary>
    /// <param name="values">The values beside it.</param>
    public bool IsRequired(JsonObject values) => RequiredWhen?.Invoke(values) ?? false;
}
