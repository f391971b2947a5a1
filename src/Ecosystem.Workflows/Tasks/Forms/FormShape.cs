using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Tasks.Forms;

/// <summary>
/// Reads the part of JSON Schema (2020-12 and the older <c>dependencies</c>) that forms use. One object's fields depend on what was
/// entered: <c>if</c>/<c>then</c>/<c>else</c>, <c>dependentRequired</c>, <c>dependentSchemas</c>, also inside <c>allOf</c>.
/// </summary>
internal sealed class FormShape
{
    private readonly JsonObject root;
    private readonly List<(JsonObject Branch, Func<JsonObject, bool>? When)> parts = [];

    private FormShape(JsonObject schema, JsonObject root)
    {
        this.root = root;
        AddPart(schema, null, 0);
    }

    /// <summary>The fields in the order of the schema, with when each is asked (null: always). A field may come more than once.</summary>
    internal IEnumerable<(string Name, JsonObject Rule, Func<JsonObject, bool>? When)> Fields
    {
        get
        {
            foreach (var (branch, when) in parts)
            {
                foreach (var (name, node) in Object(branch["properties"]))
                {
                    if (Resolve(node as JsonObject, root) is { } rule)
                    {
                        yield return (name, rule, when);
                    }
                }
            }
        }
    }

    /// <summary>The names that are required, with when each is (null: always).</summary>
    internal IEnumerable<(string Name, Func<JsonObject, bool>? When)> Requirements
    {
        get
        {
            foreach (var (branch, when) in parts)
            {
                foreach (var name in Texts(branch["required"]))
                {
                    yield return (name, when);
                }

                foreach (var (trigger, needed) in Object(branch["dependentRequired"]).Concat(Object(branch["dependencies"])))
                {
                    foreach (var name in Texts(needed))
                    {
                        yield return (name, And(when, values => !IsEmpty(values[trigger])));
                    }
                }
            }
        }
    }

    internal static FormShape Of(JsonObject schema, JsonObject root) => new(Resolve(schema, root) ?? schema, root);

    /// <summary>Follows a reference inside the document, such as <c>#/$defs/address</c>.</summary>
    internal static JsonObject? Resolve(JsonObject? rule, JsonObject root)
    {
        for (var hops = 0; hops < 16 && Text(rule?["$ref"]) is { } reference; hops++)
        {
            JsonNode? node = root;
            foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                node = (node as JsonObject)?[step];
            }

            rule = node as JsonObject;
        }

        return rule;
    }

    internal static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject fields => fields.All(pair => IsEmpty(pair.Value)),
        _ => value.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>()),
    };

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    internal static decimal? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    internal static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    internal static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(Text).OfType<string>();

    /// <summary>The JSON types a value may have; empty when any.</summary>
    internal static string[] Types(JsonObject rule) => rule["type"] is JsonArray several ? [.. Texts(several)] : Text(rule["type"]) is { } one ? [one] : [];

    /// <summary>What can be chosen, with its label where it has one: <c>enum</c>, or <c>oneOf</c>/<c>anyOf</c> of constants; null when it is no choice.</summary>
    internal static IReadOnlyList<(JsonNode Value, string? Label)>? Choices(JsonObject rule)
    {
        if ((rule["oneOf"] ?? rule["anyOf"]) is JsonArray { Count: > 0 } options && options.All(option => option is JsonObject json && json["const"] is not null))
        {
            return [.. options.Select(option => (option!["const"]!, Text(option["title"])))];
        }

        if (rule["enum"] is not JsonArray { Count: > 0 } values)
        {
            return null;
        }

        var labels = Texts(rule["enumNames"]).ToList();
        return [.. values.Where(value => value is not null).Select((value, i) => (value!, labels.ElementAtOrDefault(i)))];
    }

    /// <summary>Whether two values are the same; numbers by what they are worth.</summary>
    internal static bool Same(JsonNode? one, JsonNode? other) =>
        Number(one) is { } left && Number(other) is { } right ? left == right : JsonNode.DeepEquals(one, other);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Object(JsonNode? node) => node as JsonObject ?? [];

    private static Func<JsonObject, bool> And(Func<JsonObject, bool>? one, Func<JsonObject, bool> other) => one is null ? other : values => one(values) && other(values);

    private void AddPart(JsonObject schema, Func<JsonObject, bool>? when, int depth)
    {
        if (depth > 8)
        {
            return;
        }

        parts.Add((schema, when));
        foreach (var part in (schema["allOf"] as JsonArray ?? []).OfType<JsonObject>())
        {
            AddPart(Resolve(part, root) ?? part, when, depth + 1);
        }

        if (schema["if"] is JsonObject test)
        {
            bool Held(JsonObject values) => Holds(test, values);
            if (Resolve(schema["then"] as JsonObject, root) is { } then)
            {
                AddPart(then, And(when, Held), depth + 1);
            }

            if (Resolve(schema["else"] as JsonObject, root) is { } otherwise)
            {
                AddPart(otherwise, And(when, values => !Held(values)), depth + 1);
            }
        }

        foreach (var (trigger, branch) in Object(schema["dependentSchemas"]).Concat(Object(schema["dependencies"])))
        {
            if (branch is JsonObject added)
            {
                AddPart(Resolve(added, root) ?? added, And(when, values => !IsEmpty(values[trigger])), depth + 1);
            }
        }
    }

    // A condition is about fields that have been filled in: one that tests an empty field does not hold.
    private static bool Holds(JsonObject test, JsonObject values)
    {
        if (Texts(test["required"]).Any(name => IsEmpty(values[name])))
        {
            return false;
        }

        if (test["not"] is JsonObject not && Holds(not, values))
        {
            return false;
        }

        if (test["allOf"] is JsonArray all && !all.OfType<JsonObject>().All(part => Holds(part, values)))
        {
            return false;
        }

        if (test["anyOf"] is JsonArray any && !any.OfType<JsonObject>().Any(part => Holds(part, values)))
        {
            return false;
        }

        return Object(test["properties"]).All(pair => pair.Value is not JsonObject rule || Fits(rule, values[pair.Key]));
    }

    private static bool Fits(JsonObject rule, JsonNode? value)
    {
        if (rule["not"] is JsonObject not && Fits(not, value))
        {
            return false;
        }

        if ((rule.ContainsKey("const") && !Same(rule["const"], value)) || (rule["enum"] is JsonArray choices && !choices.Any(choice => Same(choice, value))))
        {
            return false;
        }

        if (rule["contains"] is JsonObject contained && !(value as JsonArray ?? []).Any(item => Fits(contained, item)))
        {
            return false;
        }

        if (value is JsonObject nested && !Holds(rule, nested))
        {
            return false;
        }

        var number = Number(value);
        return (Number(rule["minimum"]) is not { } least || number >= least) && (Number(rule["maximum"]) is not { } most || number <= most)
            && (Number(rule["exclusiveMinimum"]) is not { } above || number > above) && (Number(rule["exclusiveMaximum"]) is not { } below || number < below)
            && (Number(rule["minLength"]) is not { } length || (Text(value)?.Length ?? 0) >= length);
    }
}
