using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Node ids: the path of activity ids from the workflow down, which Studio takes for granted and older files lack; and the tree they name.
/// </summary>
internal static class NodeIds
{
    private const string Workflow = "Workflow1";

    /// <summary>An activity with where it hangs.</summary>
    /// <param name="Port">The property of its parent that holds it.</param>
    /// <param name="Json">The activity.</param>
    internal readonly record struct Held(string Port, JsonObject Json);

    /// <summary>Gives every activity below a root its node id.</summary>
    public static void Fill(JsonObject root)
    {
        root["id"] ??= "Flowchart1";
        Fill(root, Workflow);
    }

    /// <summary>Every activity by its id, with its node id; for containers of definitions that repeat ids, the first.</summary>
    public static Dictionary<string, JsonObject> ById(JsonObject root)
    {
        var all = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var activity in All(root))
        {
            all.TryAdd(activity["id"]?.ToString() ?? "", activity);
        }

        return all;
    }

    /// <summary>The root and every activity below it.</summary>
    public static IEnumerable<JsonObject> All(JsonObject root) => Children(root).SelectMany(child => All(child.Json)).Prepend(root);

    /// <summary>The part of the tree below a node, in Elsa's shape; the whole tree when no node is named, null when there is none of this id.</summary>
    public static JsonObject? Graph(JsonObject root, string? nodeId)
    {
        if (string.IsNullOrEmpty(nodeId))
        {
            return Node(new Held("Root", root));
        }

        return Path(root, nodeId) is { Count: > 0 } path ? Node(path[^1]) : null;
    }

    /// <summary>The way from the root down to a node, as Studio's breadcrumbs show it; null when there is no such node.</summary>
    public static JsonObject? Segments(JsonObject root, string? nodeId)
    {
        if (nodeId is null || Path(root, nodeId) is not { Count: > 0 } path)
        {
            return null;
        }

        var segments = new JsonArray();
        for (var i = 0; i + 1 < path.Count; i++)
        {
            // A flowchart's activities are one screen; a step down is taken where a port opens.
            if (path[i + 1].Port is not "activities")
            {
                segments.Add(new JsonObject
                {
                    ["activityNodeId"] = path[i].Json["nodeId"]?.ToString(),
                    ["activityId"] = path[i].Json["id"]?.ToString(),
                    ["activityType"] = path[i].Json["type"]?.ToString(),
                    ["portName"] = path[i + 1].Port,
                });
            }
        }

        var container = path.Take(path.Count - 1).LastOrDefault(held => held.Json["activities"] is JsonArray);
        return new JsonObject
        {
            ["childNode"] = Node(path[^1]),
            ["container"] = Node(container.Json is null ? path[0] : container),
            ["pathSegments"] = segments,
        };
    }

    private static JsonObject Node(Held held) => new()
    {
        ["activity"] = held.Json.DeepClone(),
        ["port"] = held.Port,
        ["nodeId"] = held.Json["nodeId"]?.ToString(),
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. Children(held.Json).Select(Node)]),
    };

    private static List<Held> Path(JsonObject root, string nodeId)
    {
        var path = new List<Held>();
        return Find(new Held("Root", root)) ? path : [];

        bool Find(Held held)
        {
            path.Add(held);
            if (held.Json["nodeId"]?.ToString() == nodeId || Children(held.Json).Any(Find))
            {
                return true;
            }

            path.RemoveAt(path.Count - 1);
            return false;
        }
    }

    private static void Fill(JsonObject activity, string parent)
    {
        var path = $"{parent}:{activity["id"]}";
        activity["nodeId"] = path;
        foreach (var child in Children(activity))
        {
            Fill(child.Json, path);
        }
    }

    // Containers hold activities in a list, composites in properties (body, then, else) or in cases with an activity.
    private static IEnumerable<Held> Children(JsonObject activity)
    {
        foreach (var (name, value) in activity.ToList())
        {
            switch (value)
            {
                case JsonObject inner when name is not ("metadata" or "customProperties") && IsActivity(inner):
                    yield return new Held(name, inner);
                    break;
                case JsonArray list when name is "activities" or "branches" or "cases":
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        if (IsActivity(item))
                        {
                            yield return new Held(name, item);
                        }
                        else if (item["activity"] is JsonObject held && IsActivity(held))
                        {
                            yield return new Held(item["label"]?.ToString() ?? name, held);
                        }
                    }

                    break;
            }
        }
    }

    private static bool IsActivity(JsonObject json) => json["type"] is JsonValue && json["id"] is JsonValue;
}
