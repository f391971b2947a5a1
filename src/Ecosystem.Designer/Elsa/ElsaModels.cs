using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Designer.Components;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Elsa;

/// <summary>Definition versions in the shape of Elsa's REST API, and back. What a caller may do reaches Studio as <c>links</c>.</summary>
internal static class ElsaModels
{
    private const string Revision = "ecosystem:revision";
    private const double Apart = 1.8;

    private static readonly (string Rel, string Method)[] AuthorLinks =
    [
        ("self", "GET"), ("publish", "POST"), ("retract", "POST"), ("delete", "DELETE"), ("revert", "POST"), ("bulk-publish", "POST"), ("bulk-retract", "POST"),
        ("bulk-delete", "POST"), ("execute", "POST"), ("dispatch", "POST"), ("bulk-dispatch", "POST"), ("create", "POST"), ("import", "POST"), ("export", "GET"), ("refresh", "POST"), ("update-references", "POST"),
    ];

    private static readonly (string Rel, string Method)[] ReaderLinks = [("self", "GET"), ("export", "GET")];

    // What Studio can change; everything else of a definition is not its business.
    private static readonly string[] Edited = ["name", "description", "variables", "inputs", "outputs", "outcomes", "customProperties", "options", "root"];

    private static readonly string[] OfVersion = ["id", "links", "isLatest", "isPublished", "isReadonly", "createdAt", "toolVersion", "version"];

    /// <summary>A version as Studio reads it.</summary>
    public static JsonObject Full(DefinitionVersion row, bool author)
    {
        var json = DefinitionDocument.Parse(row.Json).Json;
        json["id"] = row.Id;
        json["definitionId"] = row.DefinitionId;
        json["name"] = row.Name;
        json["version"] = row.Number;
        json["isLatest"] = row.IsLatest;
        json["isPublished"] = row.State == VersionState.Published;
        json["isReadonly"] = false;
        json["isSystem"] = false;
        json["createdAt"] = Time(row.CreatedAt);
        json["toolVersion"] = "3.8.2.0";
        json["providerName"] = "Database";
        json["materializerName"] = "Json";
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
        {
            json[list] ??= new JsonArray();
        }

        json["options"] ??= new JsonObject();
        var custom = json["customProperties"] as JsonObject ?? [];
        custom[Revision] = row.Version.ToString(CultureInfo.InvariantCulture);
        json["customProperties"] = custom.Parent is null ? custom : custom.DeepClone();
        json["links"] = Links($"/workflow-definitions/{row.DefinitionId}", author);
        NodeIds.Fill((JsonObject)json["root"]!);
        Place(json);
        foreach (var flowchart in NodeIds.All((JsonObject)json["root"]!).Where(activity => activity["connections"] is JsonArray))
        {
            Renew((JsonArray)flowchart["connections"]!);
        }

        return json;
    }

    /// <summary>A version in a list.</summary>
    public static JsonObject Summary(DefinitionVersion row, bool author) => new()
    {
        ["id"] = row.Id,
        ["definitionId"] = row.DefinitionId,
        ["name"] = row.Name,
        ["description"] = DefinitionDocument.Parse(row.Json).Description,
        ["version"] = row.Number,
        ["isLatest"] = row.IsLatest,
        ["isPublished"] = row.State == VersionState.Published,
        ["isReadonly"] = false,
        ["providerName"] = "Database",
        ["materializerName"] = "Json",
        ["isMaterializerAvailable"] = true,
        ["createdAt"] = Time(row.CreatedAt),
        ["links"] = Links($"/workflow-definitions/{row.DefinitionId}", author),
    };

    /// <summary>What a caller may do with something.</summary>
    public static JsonArray Links(string href, bool author) =>
        new([.. (author ? AuthorLinks : ReaderLinks).Select(link => new JsonObject { ["href"] = ElsaApi.Root + href, ["rel"] = link.Rel, ["method"] = link.Method })]);

    /// <summary>A time as Studio reads it.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Takes the revision a model was made on out of it; null when the caller does not know it.</summary>
    public static long? TakeRevision(JsonObject model)
    {
        var custom = model["customProperties"] as JsonObject;
        var revision = custom?[Revision]?.ToString();
        custom?.Remove(Revision);
        return long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Whether a model says what a version says already.</summary>
    public static bool IsUnchanged(DefinitionVersion row, JsonObject model)
    {
        var stored = Full(row, false);
        (stored["customProperties"] as JsonObject)!.Remove(Revision);
        KeepValues(stored, model);
        return Array.TrueForAll(Edited, name => Same(stored[name], model[name]));
    }

    /// <summary>Puts back what a version has and Studio's model has no place for.</summary>
    public static void KeepUnknown(DefinitionVersion row, JsonObject model)
    {
        var stored = DefinitionDocument.Parse(row.Json).Json;
        KeepValues(stored, model);
        foreach (var name in OfVersion)
        {
            model.Remove(name);
        }

        foreach (var (name, value) in stored.Where(pair => !model.ContainsKey(pair.Key) && !OfVersion.Contains(pair.Key)))
        {
            model[name] = value?.DeepClone();
        }

        // Options that Studio's model lacks.
        if (stored["options"] is JsonObject before && model["options"] is JsonObject after)
        {
            foreach (var (name, value) in before.Where(pair => !after.ContainsKey(pair.Key)))
            {
                after[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>Gives a new process its empty canvas.</summary>
    public static void FillRoot(JsonObject model)
    {
        if (model["root"] is not JsonObject root)
        {
            model["root"] = root = new JsonObject { ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "Flowchart1", ["nodeId"] = "Workflow1:Flowchart1", ["name"] = "Flowchart1" };
        }

        if (root["type"]?.ToString() == "Elsa.Flowchart")
        {
            root["activities"] ??= new JsonArray();
            root["connections"] ??= new JsonArray();
        }

        foreach (var name in OfVersion)
        {
            model.Remove(name);
        }
    }

    // Studio writes a variable's default as text; one it did not touch keeps its type.
    private static void KeepValues(JsonObject stored, JsonObject model)
    {
        var before = (stored["variables"] as JsonArray ?? []).OfType<JsonObject>().Where(variable => variable["value"] is not null).ToLookup(IdOf);
        foreach (var variable in (model["variables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (before[IdOf(variable)].FirstOrDefault()?["value"] is { } value and not JsonValue { } && variable["value"]?.ToString() == value.ToJsonString())
            {
                variable["value"] = value.DeepClone();
            }
            else if (before[IdOf(variable)].FirstOrDefault()?["value"] is JsonValue plain && string.Equals(variable["value"]?.ToString(), plain.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                variable["value"] = plain.DeepClone();
            }
        }

        static string IdOf(JsonObject variable) => (variable["id"] ?? variable["name"])?.ToString() ?? "";
    }

    // Absent, null and empty say the same.
    private static bool Same(JsonNode? stored, JsonNode? sent) => (stored, sent) switch
    {
        (JsonObject a, JsonObject b) => a.Select(pair => pair.Key).Union(b.Select(pair => pair.Key)).All(name => Same(a[name], b[name])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }, null or JsonArray { Count: 0 } or JsonObject { Count: 0 }) => true,
        (JsonValue a, null) => IsNothing(a),
        (null, JsonValue b) => IsNothing(b),
        _ => JsonNode.DeepEquals(stored, sent),
    };

    private static bool IsNothing(JsonValue value) => value.ToString() is "" or "false" or "False";

    // Older files write {"source":"a","sourcePort":"Done",…}; Studio knows only {"source":{"activity":"a","port":"Done"},…}.
    private static void Renew(JsonArray connections)
    {
        foreach (var connection in connections.OfType<JsonObject>())
        {
            foreach (var end in new[] { "source", "target" })
            {
                if (connection[end] is JsonValue activity)
                {
                    connection[end] = new JsonObject { ["activity"] = activity.DeepClone(), ["port"] = connection[end + "Port"]?.DeepClone() ?? (end == "source" ? "Done" : "In") };
                    connection.Remove(end + "Port");
                }
            }
        }
    }

    // The canvas shows only what has a place; its boxes are as wide as their names, so they stand further apart than on our maps.
    private static void Place(JsonObject json)
    {
        var activities = (json["root"]!["activities"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (activities.TrueForAll(activity => activity["metadata"]?["designer"]?["position"] is JsonObject))
        {
            return;
        }

        var places = ProcessMapModel.Parse(json.ToJsonString(), double.MaxValue).Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (var activity in activities.Where(activity => places.ContainsKey(activity["id"]?.ToString() ?? string.Empty)))
        {
            var place = places[activity["id"]!.ToString()];
            var metadata = activity["metadata"] as JsonObject ?? [];
            metadata["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = place.X * Apart, ["y"] = place.Y * Apart } };
            activity["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        }
    }
}
