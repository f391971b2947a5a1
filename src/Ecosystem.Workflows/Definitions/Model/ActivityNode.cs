using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>One activity of a definition, read for running. Immutable once read.</summary>
internal sealed class ActivityNode
{
    private readonly Dictionary<string, ActivityInput> inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityOutput> outputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<ActivityNode>> ports = new(StringComparer.OrdinalIgnoreCase);

    internal ActivityNode(JsonObject json, ActivityNode? parent)
    {
        Json = json;
        Parent = parent;
        Id = json.Text("id") ?? "";
        Type = Plain(json.Text("type") ?? "");
        Name = json.Text("name");
        Version = json.Number("version") is { } version ? (int)version : null;
    }

    /// <summary>The activity as written.</summary>
    internal JsonObject Json { get; }

    /// <summary>The activity this one is inside of.</summary>
    internal ActivityNode? Parent { get; }

    internal string Id { get; set; }

    internal string Type { get; }

    internal string? Name { get; }

    internal int? Version { get; }

    /// <summary>Where it stands in the order of the definition; unique in it.</summary>
    internal int Index { get; set; }

    /// <summary>What people call it: the text shown on the canvas, else its name, else its id.</summary>
    internal string Title => Json["metadata"] is JsonObject metadata && metadata.Text("displayText") is { Length: > 0 } text ? text : Name ?? Id;

    internal IReadOnlyDictionary<string, ActivityInput> Inputs => inputs;

    internal IReadOnlyDictionary<string, ActivityOutput> Outputs => outputs;

    /// <summary>The activities inside, by the property that holds them.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<ActivityNode>> Ports => ports;

    internal List<VariableDeclaration> Variables { get; } = [];

    internal List<FlowConnection> Connections { get; } = [];

    internal IEnumerable<ActivityNode> Children => ports.Values.SelectMany(list => list);

    internal bool CanStartWorkflow => Flag("canStartWorkflow");

    /// <summary>The step type that undoes the activity when its process is called off, where the definition names one: <c>customProperties.undoneBy</c>.</summary>
    internal string? UndoneBy => CustomProperty("undoneBy") is JsonValue value && value.TryGetValue<string>(out var step) && step.Length > 0 ? step : null;

    /// <summary>The flowchart's arrows, worked out once per start activity.</summary>
    internal FlowGraphs Graphs { get; } = new();

    internal void Add(ActivityInput input) => inputs[input.Name] = input;

    internal void Add(ActivityOutput output) => outputs[output.Name] = output;

    internal void Add(string port, IReadOnlyList<ActivityNode> children) => ports[port] = children;

    /// <summary>The one activity in a port, or null.</summary>
    internal ActivityNode? Port(string name) => ports.TryGetValue(name, out var list) && list.Count > 0 ? list[0] : null;

    internal IReadOnlyList<ActivityNode> PortList(string name) => ports.TryGetValue(name, out var list) ? list : [];

    // Before 3.0 was released Elsa wrote these as application properties, with a capital first letter.
    internal JsonNode? CustomProperty(string name) =>
        (Json["customProperties"] ?? Json["applicationProperties"]) is JsonObject properties ? properties.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value : null;

    internal bool Flag(string name)
    {
        var value = CustomProperty(name) ?? Json[name];
        return value is JsonValue flag && flag.TryGetValue<bool>(out var set) && set;
    }

    /// <summary>The merge mode that was chosen for the activity; null when none was.</summary>
    internal MergeMode? DeclaredMergeMode() =>
        CustomProperty("mergeMode") is JsonValue value && value.TryGetValue<string>(out var text) && Enum.TryParse<MergeMode>(text, true, out var mode) && mode != MergeMode.WaitAll
            ? mode
            : null;

    public override string ToString() => $"{Title} ({Type})";

    // Elsa writes what an activity is generic over into its type, for example Elsa.ForEach<String>; values tell their type themselves here.
    private static string Plain(string type) => type.IndexOfAny(['<', '`']) is > 0 and var end ? type[..end] : type;
}
