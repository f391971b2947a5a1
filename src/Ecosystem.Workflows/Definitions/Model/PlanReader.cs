using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Reads the activities of a definition. What an activity's property is, its shape tells: an input has an expression, an output a memory reference, a port holds activities.</summary>
internal sealed class PlanReader
{
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously",
        "source", "line", "variables", "connections", "activities", "applicationProperties", "displayName", "syntheticProperties",
    };

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    internal List<ActivityNode> Nodes { get; } = [];

    internal List<DefinitionDiagnostic> Diagnostics { get; } = [];

    /// <summary>Whether a property of an activity is Elsa's own, so that no input can have its name.</summary>
    internal static bool IsReserved(string name) => Plain.Contains(name);

    internal static VariableDeclaration ReadVariable(JsonObject json)
    {
        var name = json.Text("name") ?? json.Text("id") ?? "";
        var typeName = json.Text("typeName") ?? json.Text("type") ?? "Object";
        return new VariableDeclaration(json.Text("id") ?? name, name, typeName, json.Flag("isArray"), json["value"]);
    }

    internal static ArgumentDeclaration ReadArgument(JsonObject json) =>
        new(json.Text("name") ?? "", json.Text("type") ?? json.Text("typeName") ?? "Object", json.Flag("isArray"), json["defaultValue"], json.Flag("isRequired") || json.Flag("required"));

    internal ActivityNode Read(JsonObject json) => ReadActivity(json, null);

    private static bool IsActivity(JsonObject json) =>
        json.Text("type") is not null && !json.ContainsKey("expression") && !json.ContainsKey("typeName") && !json.ContainsKey("memoryReference")
        && (json.ContainsKey("id") || json.ContainsKey("version") || json.ContainsKey("customProperties"));

    private ActivityNode ReadActivity(JsonObject json, ActivityNode? parent)
    {
        var node = new ActivityNode(json, parent) { Index = Nodes.Count };
        Nodes.Add(node);
        if (node.Id.Length == 0)
        {
            node.Id = $"{node.Type}-{node.Index}";
        }

        if (!ids.Add(node.Id))
        {
            Report("definition.duplicate-id", node, $"The id '{node.Id}' is used by more than one activity; each needs its own.");
        }

        foreach (var variable in json.Objects("variables"))
        {
            node.Variables.Add(ReadVariable(variable));
        }

        foreach (var pair in json)
        {
            if (pair.Key == "activities" && pair.Value is JsonArray children)
            {
                node.Add(pair.Key, [.. children.OfType<JsonObject>().Where(child => child.Text("type") is not null).Select(child => ReadActivity(child, node))]);
            }
            else if (!Plain.Contains(pair.Key) && !(pair.Key == "start" && node.Type == "Elsa.Flowchart"))
            {
                ReadProperty(node, pair.Key, pair.Value);
            }
        }

        ReadConnections(node);
        return node;
    }

    private void ReadProperty(ActivityNode node, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonObject wrapped when wrapped["expression"] is JsonObject expression:
                node.Add(new ActivityInput(name, wrapped.Text("typeName"), ReadExpression(expression)));
                break;
            case JsonObject wrapped when wrapped.ContainsKey("memoryReference") || (wrapped.ContainsKey("typeName") && wrapped.Count <= 2 && !wrapped.ContainsKey("value")):
                node.Add(new ActivityOutput(name, (wrapped["memoryReference"] as JsonObject)?.Text("id")));
                break;
            case JsonObject activity when IsActivity(activity):
                node.Add(name, [ReadActivity(activity, node)]);
                break;
            case JsonArray array when array.Count > 0 && array.All(item => item is JsonObject child && IsActivity(child)):
                node.Add(name, [.. array.OfType<JsonObject>().Select(child => ReadActivity(child, node))]);
                break;
            case JsonArray cases when name == "cases" || cases.OfType<JsonObject>().Any(item => item["activity"] is JsonObject):
                node.Add(name, [.. cases.OfType<JsonObject>().Select(item => item["activity"]).OfType<JsonObject>().Where(IsActivity).Select(child => ReadActivity(child, node))]);
                node.Add(new ActivityInput(name, null, new DefinitionExpression("Object", cases)));
                break;
            default:
                node.Add(new ActivityInput(name, null, new DefinitionExpression("Literal", value)));
                break;
        }
    }

    internal static DefinitionExpression ReadExpression(JsonObject json) => new(json.Text("type") ?? "Literal", json["value"]);

    private void ReadConnections(ActivityNode node)
    {
        if (node.Json["connections"] is not JsonArray connections)
        {
            return;
        }

        var children = node.PortList("activities");
        foreach (var connection in connections.OfType<JsonObject>())
        {
            var (sourceId, port) = ReadEnd(connection["source"] ?? connection["Source"], connection.Text("sourcePort"), "Done");
            var (targetId, _) = ReadEnd(connection["target"] ?? connection["Target"], connection.Text("targetPort"), "In");
            var source = children.FirstOrDefault(child => child.Id == sourceId);
            var target = children.FirstOrDefault(child => child.Id == targetId);
            if (source is null || target is null)
            {
                Report(
                    "definition.dangling-connection",
                    node,
                    $"A connection leads from '{sourceId}' to '{targetId}', but this flowchart has no activity '{(source is null ? sourceId : targetId)}'. Delete the connection or restore the activity.");
                continue;
            }

            if (!node.Connections.Exists(other => other.Source == source && other.Outcome == port && other.Target == target))
            {
                node.Connections.Add(new FlowConnection(source, port, target, node.Connections.Count));
            }
        }
    }

    private static (string Id, string Port) ReadEnd(JsonNode? end, string? oldPort, string standard) => end switch
    {
        JsonObject json => (json.Text("activity") ?? json.Text("Activity") ?? json.Text("activityId") ?? "", (json.Text("port") ?? json.Text("Port")) is { Length: > 0 } port ? port : standard),
        JsonValue value when value.TryGetValue<string>(out var id) => (id, oldPort is { Length: > 0 } ? oldPort : standard),
        _ => ("", standard),
    };

    private void Report(string code, ActivityNode node, string message) => Diagnostics.Add(new DefinitionDiagnostic("error", code, node.Id, node.Title, message));
}
