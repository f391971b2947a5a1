using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>JSON as the commands read and write it.</summary>
internal static class CommandJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static JsonObject Outputs(IReadOnlyDictionary<string, object?> outputs)
    {
        var node = new JsonObject();
        foreach ((string name, object? value) in outputs)
        {
            node[name] = FeelJson.ToJson(value);
        }

        return node;
    }

    /// <summary>Inputs from the text of a JSON object.</summary>
    public static Dictionary<string, object?> Inputs(string json, string source)
    {
        using JsonDocument document = Parse(json, source);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? RulesetInputs.Of(document.RootElement.Clone())
            : throw new JsonException($"{source}: the inputs have to be a JSON object, such as {{\"amount\": 100}}");
    }

    private static JsonDocument Parse(string json, string source)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException failure)
        {
            throw new JsonException($"{source}: this is not JSON: {failure.Message}", failure);
        }
    }
}
