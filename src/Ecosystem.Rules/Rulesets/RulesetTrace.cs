using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>How a result came about; stored with the decision and shown to the people it concerns.</summary>
/// <param name="Ruleset">Name of the ruleset.</param>
/// <param name="Version">Version that was applied.</param>
public sealed record RulesetTrace(string Ruleset, string Version)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Rows, rules and metrics that applied, in the order in which they did.</summary>
    public IReadOnlyList<RulesetHit> Hits { get; init; } = [];

    /// <summary>What the columns of tables and the metrics of scorecards saw, as <c>section/column</c>; of repeated sections the last element's.</summary>
    public IReadOnlyDictionary<string, object?> ValuesSeen { get; init; } = new Dictionary<string, object?>();

    /// <summary>The reasons in plain words, in order, without repetitions.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Writes the trace as JSON on one line.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson()
    {
        var hits = new JsonArray();
        foreach (RulesetHit hit in Hits)
        {
            hits.Add(new JsonObject { ["section"] = hit.Section, ["row"] = hit.Row, ["reason"] = hit.Reason });
        }

        var values = new JsonObject();
        foreach ((string name, object? value) in ValuesSeen)
        {
            values[name] = FeelJson.ToJson(value);
        }

        return new JsonObject
        {
            ["ruleset"] = Ruleset,
            ["version"] = Version,
            ["hits"] = hits,
            ["values"] = values,
            ["reasons"] = new JsonArray([.. Reasons.Select(r => (JsonNode)r)]),
        }.ToJsonString(Json);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote. Dates among the values come back as texts.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="JsonException">It is not the JSON of a trace.</exception>
    public static RulesetTrace FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        try
        {
            return new RulesetTrace(root.GetProperty("ruleset").GetString()!, root.GetProperty("version").GetString()!)
            {
                Hits = [.. root.GetProperty("hits").EnumerateArray().Select(h =>
                    new RulesetHit(h.GetProperty("section").GetString()!, h.GetProperty("row").GetString()!, h.GetProperty("reason").GetString()))],
                ValuesSeen = root.GetProperty("values").EnumerateObject().ToDictionary(p => p.Name, p => FeelJson.FromJson(p.Value), StringComparer.Ordinal),
                Reasons = [.. root.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)],
            };
        }
        catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException("This is not the trace of a ruleset: " + failure.Message, failure);
        }
    }
}
