using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Inputs given as JSON.</summary>
public static class RulesetInputs
{
    /// <summary>The members of a JSON object as inputs by name; they stay readable as long as its document.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The inputs.</returns>
    /// <exception cref="RulesetException">It is no object, or a name stands in it twice.</exception>
    public static Dictionary<string, object?> Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Refuse("not-an-object", "", "The inputs have to be a JSON object", "{\"amount\": 100}");
        }

        return Members(json, "");
    }

    /// <summary>The members of an object at a place.</summary>
    internal static Dictionary<string, object?> Members(JsonElement json, string place)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!inputs.TryAdd(member.Name, member.Value))
            {
                string path = place.Length == 0 ? member.Name : $"{place}.{member.Name}";
                throw Refuse("given-twice", path, $"'{path}' is given twice", "give it once");
            }
        }

        return inputs;
    }

    private static RulesetException Refuse(string code, string path, string message, string fix) =>
        new(null, [new RulesetDiagnostic(RulesetSeverity.Error, code, path, 0, 0, message, fix)]);
}
