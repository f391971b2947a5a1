using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ecosystem.Designer.Elsa;

/// <summary>What Elsa Studio knows of an activity type: Elsa 3.8's REST shape.</summary>
internal sealed record ActivityDescriptor
{
    /// <summary>The type as definitions name it.</summary>
    public required string TypeName { get; init; }

    /// <summary>The part before the last dot.</summary>
    public string Namespace => TypeName[..Math.Max(0, TypeName.LastIndexOf('.'))];

    /// <summary>The part after the last dot.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    /// <summary>Version of the type.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Heading in the toolbox.</summary>
    public required string Category { get; init; }

    /// <summary>What people read on the canvas.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does and when to use it.</summary>
    public string? Description { get; init; }

    /// <summary><c>Action</c>, <c>Task</c> or <c>Trigger</c>.</summary>
    public string Kind { get; init; } = "Action";

    /// <summary>Inputs.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Outputs.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Outgoing ports.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>The name of a Material icon; null for Elsa's own.</summary>
    [JsonIgnore]
    public string? Icon { get; init; }

    /// <summary>Anything else.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>Properties a new activity of the type starts with.</summary>
    public JsonObject ConstructionProperties { get; init; } = [];

    /// <summary>Whether it holds other activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether the toolbox lists it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether a flow starts there.</summary>
    public bool IsStart { get; init; }

    /// <summary>Whether a flow ends there.</summary>
    public bool IsTerminal { get; init; }
}
