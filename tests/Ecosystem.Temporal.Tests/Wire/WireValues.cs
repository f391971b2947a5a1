using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>The placeholders of one scenario and their values; fills requests in and compares answers with what was recorded.</summary>
internal sealed partial class WireValues
{
    private static readonly HashSet<string> LeftOut =
        ["pollerScalingDecision", "binaryChecksum", "sdkMetadata", "meteringMetadata", "serverVersion"];

    private Dictionary<string, string> _values;

    public WireValues(string tag) => _values = new Dictionary<string, string>(StringComparer.Ordinal) { ["tag"] = tag };

    /// <summary>Fields of recorded answers that the pinned protos do not know.</summary>
    public int UnknownFields { get; private set; }

    /// <summary>A request with its placeholders replaced.</summary>
    public JsonNode? Fill(JsonNode? node, string key = "") => node switch
    {
        JsonObject o => new JsonObject(o.Select(pair => KeyValuePair.Create(FillText(pair.Key, ""), Fill(pair.Value, pair.Key)))),
        JsonArray a => new JsonArray([.. a.Select(item => Fill(item))]),
        JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(FillText(text, key)),
        _ => node?.DeepClone(),
    };

    /// <summary>Compares an answer with a recorded one; placeholders get their values only if everything is the same.</summary>
    /// <returns>The differences.</returns>
    public IReadOnlyList<string> Compare(JsonNode? expected, JsonNode? actual, MessageDescriptor? type)
    {
        var before = _values;
        _values = new Dictionary<string, string>(before, StringComparer.Ordinal);
        var differences = new List<string>();
        Compare("", expected, actual, type, differences);
        if (differences.Count > 0)
        {
            _values = before;
        }

        return differences;
    }

    private string FillText(string text, string key) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (name.StartsWith("repeat:", StringComparison.Ordinal))
        {
            var letters = new string('a', int.Parse(name["repeat:".Length..], CultureInfo.InvariantCulture));
            return key == "data" ? Convert.ToBase64String(Encoding.ASCII.GetBytes(letters)) : letters;
        }

        return _values.GetValueOrDefault(name, match.Value);
    });

    private void Compare(string path, JsonNode? expected, JsonNode? actual, MessageDescriptor? type, List<string> differences)
    {
        switch (expected)
        {
            case JsonValue value when value.TryGetValue<string>(out var text):
                if (!Matches(text, actual))
                {
                    differences.Add($"{path}: expected {Short(FillText(text, ""))}, got {Short(actual?.ToJsonString())}");
                }

                break;
            case JsonObject recorded when actual is JsonObject got:
                CompareObjects(path, recorded, got, type, differences);
                break;
            case JsonArray recorded when actual is JsonArray got:
                for (var i = 0; i < Math.Max(recorded.Count, got.Count); i++)
                {
                    if (i >= recorded.Count || i >= got.Count)
                    {
                        differences.Add($"{path}: expected {recorded.Count} items, got {got.Count}; {(i < got.Count ? "one too many: " + Short(got[i]?.ToJsonString()) : "missing: " + Short(recorded[i]?.ToJsonString()))}");
                        break;
                    }

                    Compare($"{path}[{i}]", recorded[i], got[i], type, differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    differences.Add($"{path}: expected {Short(expected?.ToJsonString())}, got {Short(actual?.ToJsonString())}");
                }

                break;
        }
    }

    private void CompareObjects(string path, JsonObject expected, JsonObject actual, MessageDescriptor? type, List<string> differences)
    {
        var rest = actual.Where(pair => !LeftOut.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var (recordedKey, value) in expected)
        {
            var field = type?.Fields.ByJsonName(recordedKey);
            if (type is not null && field is null && !type.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal))
            {
                UnknownFields++;
                continue;
            }

            var key = rest.Keys.FirstOrDefault(name => name == recordedKey) ?? rest.Keys.FirstOrDefault(name => MatchesText(recordedKey, name));
            if (key is null)
            {
                // Anything may also be nothing: answers hold no default values.
                if (value is not JsonValue any || !any.TryGetValue<string>(out var text) || text != "<any>")
                {
                    differences.Add($"{path}.{recordedKey}: expected {Short(value?.ToJsonString())}, got nothing");
                }

                continue;
            }

            var actualValue = rest[key];
            rest.Remove(key);
            if (field?.IsMap == true)
            {
                CompareMap($"{path}.{key}", value, actualValue, field.MessageType, differences);
            }
            else
            {
                Compare($"{path}.{key}", value, actualValue, field is { FieldType: FieldType.Message or FieldType.Group } ? field.MessageType : null, differences);
            }
        }

        differences.AddRange(rest.Select(pair => $"{path}.{pair.Key}: expected nothing, got {Short(pair.Value?.ToJsonString())}"));
    }

    private void CompareMap(string path, JsonNode? expected, JsonNode? actual, MessageDescriptor entry, List<string> differences)
    {
        if (expected is not JsonObject recorded || actual is not JsonObject got)
        {
            Compare(path, expected, actual, null, differences);
            return;
        }

        var value = entry.FindFieldByNumber(2);
        var type = value.FieldType == FieldType.Message ? value.MessageType : null;
        var rest = got.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var (recordedKey, item) in recorded)
        {
            var filled = FillText(recordedKey, "");
            var key = rest.ContainsKey(filled) ? filled : rest.Keys.FirstOrDefault(name => MatchesText(recordedKey, name));
            if (key is null)
            {
                differences.Add($"{path}.{recordedKey}: expected {Short(item?.ToJsonString())}, got nothing");
                continue;
            }

            var actualItem = rest[key];
            rest.Remove(key);
            Compare($"{path}.{key}", item, actualItem, type, differences);
        }

        differences.AddRange(rest.Select(pair => $"{path}.{pair.Key}: expected nothing, got {Short(pair.Value?.ToJsonString())}"));
    }

    private bool Matches(string expected, JsonNode? actual)
    {
        if (expected == "<any>")
        {
            return true;
        }

        if (actual is not JsonValue value)
        {
            return false;
        }

        return MatchesText(expected, value.TryGetValue<string>(out var text) ? text : expected == "<number>" ? value.ToJsonString() : "\0");
    }

    private bool MatchesText(string expected, string actual)
    {
        if (!expected.Contains('<', StringComparison.Ordinal) && !expected.Contains("${", StringComparison.Ordinal))
        {
            return expected == actual;
        }

        var names = new List<string>();
        var pattern = new StringBuilder("^");
        var last = 0;
        foreach (Match match in Wildcard().Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[last..match.Index]));
            last = match.Index + match.Length;
            var name = match.Groups["name"].Value;
            pattern.Append(match.Value switch
            {
                "<time>" => @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
                "<number>" => @"-?\d+(\.\d+)?([eE][+-]?\d+)?",
                "<any>" => "[^\0]*",
                _ when name.StartsWith("repeat:", StringComparison.Ordinal) => Regex.Escape(FillText(match.Value, "")),
                _ when _values.TryGetValue(name, out var known) => Regex.Escape(known),
                _ when names.Contains(name) => $@"\k<p{names.IndexOf(name)}>",
                _ => $"(?<p{Remember(names, name)}>[^\0]+?)",
            });
        }

        pattern.Append(Regex.Escape(expected[last..])).Append("\\z");
        var found = Regex.Match(actual, pattern.ToString(), RegexOptions.Singleline | RegexOptions.ExplicitCapture);
        for (var i = 0; found.Success && i < names.Count; i++)
        {
            _values[names[i]] = found.Groups[$"p{i}"].Value;
        }

        return found.Success;
    }

    private static int Remember(List<string> names, string name)
    {
        names.Add(name);
        return names.Count - 1;
    }

    private static string Short(string? text) => text is null ? "nothing" : text.Length <= 300 ? text : text[..300] + "…";

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}|<time>|<number>|<any>", RegexOptions.ExplicitCapture)]
    private static partial Regex Wildcard();
}

file static class FieldCollections
{
    public static FieldDescriptor? ByJsonName(this MessageDescriptor.FieldCollection fields, string jsonName) =>
        fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == jsonName || field.Name == jsonName);
}
