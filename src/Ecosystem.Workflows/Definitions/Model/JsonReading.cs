using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Short ways to read JSON objects whose shape is not guaranteed.</summary>
internal static class JsonReading
{
    internal static string? Text(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonValue value
            ? value.TryGetValue<string>(out var text) ? text : value.ToJsonString()
            : null;

    internal static decimal? Number(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    internal static bool Flag(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    internal static IEnumerable<JsonObject> Objects(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonArray array ? array.OfType<JsonObject>() : [];
}
