using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Writes definitions for tests: activities by id, arrows as <c>a.Outcome->b</c>.</summary>
internal sealed class FlowBuilder(string definitionId)
{
    private readonly JsonArray activities = [];
    private readonly JsonArray connections = [];
    private readonly JsonArray variables = [];
    private readonly JsonArray outputs = [];
    private readonly JsonArray inputs = [];

    internal int Version { get; init; } = 1;

    internal FlowBuilder Variable(string name, string type = "Object", object? value = null)
    {
        variables.Add(new JsonObject { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = Node(value) });
        return this;
    }

    internal FlowBuilder Input(string name, string type = "Object")
    {
        inputs.Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }

    internal FlowBuilder Output(string name, string type = "Object")
    {
        outputs.Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }

    /// <summary>Adds an activity; a text value that starts with <c>js:</c> or <c>feel:</c> is an expression.</summary>
    internal FlowBuilder Add(string id, string type, params (string Name, object? Value)[] properties)
    {
        activities.Add(Activity(id, type, properties));
        return this;
    }

    /// <summary>Adds an activity that writes its own id.</summary>
    internal FlowBuilder Line(string id) => Add(id, "Elsa.WriteLine", ("text", id));

    /// <summary>Adds a decision with a fixed answer.</summary>
    internal FlowBuilder Decide(string id, bool answer) => Add(id, "Elsa.FlowDecision", ("condition", answer));

    internal static JsonObject Activity(string id, string type, params (string Name, object? Value)[] properties)
    {
        var json = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject() };
        foreach (var (name, value) in properties)
        {
            if (name == "mergeMode")
            {
                json["customProperties"]!["mergeMode"] = (string?)value;
            }
            else if (name.StartsWith('@'))
            {
                json[name[1..]] = Node(value);
            }
            else
            {
                json[name] = Wrapped(value);
            }
        }

        return json;
    }

    internal FlowBuilder Arrows(params string[] arrows)
    {
        foreach (var arrow in arrows)
        {
            var ends = arrow.Split("->");
            for (var i = 0; i + 1 < ends.Length; i++)
            {
                var source = ends[i].Split('.', 2);
                connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
                    ["target"] = new JsonObject { ["activity"] = ends[i + 1].Split('.', 2)[0], ["port"] = "In" },
                });
            }
        }

        return this;
    }

    internal DefinitionDocument Build() => DefinitionDocument.From(new JsonObject
    {
        ["definitionId"] = definitionId,
        ["id"] = $"{definitionId}-v{Version}",
        ["name"] = definitionId,
        ["version"] = Version,
        ["variables"] = variables.DeepClone(),
        ["inputs"] = inputs.DeepClone(),
        ["outputs"] = outputs.DeepClone(),
        ["root"] = new JsonObject
        {
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["id"] = "Flowchart1",
            ["activities"] = activities.DeepClone(),
            ["connections"] = connections.DeepClone(),
        },
    });

    private static JsonNode? Wrapped(object? value)
    {
        if (value is JsonObject or JsonArray)
        {
            return (JsonNode)value;
        }

        var (type, node) = value switch
        {
            string text when text.StartsWith("js:", StringComparison.Ordinal) => ("JavaScript", JsonValue.Create(text[3..])),
            string text when text.StartsWith("feel:", StringComparison.Ordinal) => ("FEEL", JsonValue.Create(text[5..])),
            string text when text.StartsWith("liquid:", StringComparison.Ordinal) => ("Liquid", JsonValue.Create(text[7..])),
            _ => ("Literal", Node(value)),
        };
        return new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = node } };
    }

    private static JsonNode? Node(object? value) => value as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(value);
}
