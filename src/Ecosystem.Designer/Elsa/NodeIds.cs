using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Node ids: the path of activity ids from the workflow down, which Studio takes for granted and older files lack.
/// </summary>
internal static class NodeIds
{
    private const string Workflow = "Workflow1";

    /// <summary>Gives every activity below a root its node id.</summary>
    public static void Fill(JsonObject root)
    {
        root["id"] ??= "Flowchart1";
        Fill(root, Workflow);
    }

    /// <summary>The node id of an activity, or null when the root has none of this id.</summary>
    public static string? Of(JsonObject root, string activityId) =>
        All(root).FirstOrDefault(activity => activity["id"]?.ToString() == activityId)?["nodeId"]?.ToString();

    /// <summary>The root and every activity below it.</summary>
    public static IEnumerable<JsonObject> All(JsonObject root) => Children(root).SelectMany(All).Prepend(root);

    private static void Fill(JsonObject activity, string parent)
    {
        var path = $"{parent}:{activity["id"]}";
        activity["nodeId"] = path;
        foreach (var child in Children(activity))
        {
            Fill(child, path);
        }
    }

    // Containers hold activities in a list, composites in properties (body, then, else) or in cases with an activity.
    private static IEnumerable<JsonObject> Children(JsonObject activity)
    {
        foreach (var (name, value) in activity)
        {
            switch (value)
            {
                case JsonObject inner when name is not ("metadata" or "customProperties") && IsActivity(inner):
                    yield return inner;
                    break;
                case JsonArray list when name is "activities" or "branches" or "cases":
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        if (IsActivity(item))
                        {
                            yield return item;
                        }
                        else if (item["activity"] is JsonObject held && IsActivity(held))
                        {
                            yield return held;
                        }
                    }

                    break;
            }
        }
    }

    private static bool IsActivity(JsonObject json) => json["type"] is JsonValue && json["id"] is JsonValue;
}
