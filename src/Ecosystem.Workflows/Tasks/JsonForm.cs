using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Checks what a form gives against the form's JSON Schema. Fields the form does not have are refused.</summary>
internal static class JsonForm
{
    private const int MaxBytes = 256_000;
    private const int MaxText = 20_000;
    private const int MaxItems = 1_000;

    internal static Refusal? Check(string schema, JsonObject data)
    {
        if (Encoding.UTF8.GetByteCount(data.ToJsonString()) > MaxBytes)
        {
            return new Refusal("form.too-large", $"The form is larger than {MaxBytes / 1000} kB; attach documents instead.");
        }

        JsonNode? form;
        try
        {
            form = JsonNode.Parse(schema);
        }
        catch (JsonException)
        {
            return null;
        }

        return form is JsonObject json ? CheckObject(json, data, "") : null;
    }

    private static Refusal? CheckObject(JsonObject schema, JsonObject data, string path)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var name in data.Select(pair => pair.Key))
        {
            if (!properties.ContainsKey(name) && !IsTrue(schema["additionalProperties"]))
            {
                return new Refusal("form.unknown-field", $"The form has no field '{name}'.", Join(path, name));
            }
        }

        foreach (var required in Required(schema, data))
        {
            if (data[required] is null || (data[required] is JsonValue value && value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text)))
            {
                return new Refusal("form.required", $"'{Title(properties[required] as JsonObject, required)}' has to be filled in.", Join(path, required));
            }
        }

        foreach (var (name, property) in properties)
        {
            if (property is JsonObject rule && data[name] is { } value && CheckValue(rule, value, Join(path, name), Title(rule, name)) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    // A field may be required only when another has a value: "if"/"then" with const or enum.
    private static IEnumerable<string> Required(JsonObject schema, JsonObject data)
    {
        foreach (var name in Texts(schema["required"]))
        {
            yield return name;
        }

        var conditions = new[] { schema }.Concat((schema["allOf"] as JsonArray ?? []).OfType<JsonObject>());
        foreach (var condition in conditions)
        {
            if (condition["if"] is JsonObject test && condition[Holds(test, data) ? "then" : "else"] is JsonObject branch)
            {
                foreach (var name in Texts(branch["required"]))
                {
                    yield return name;
                }
            }
        }
    }

    private static bool Holds(JsonObject test, JsonObject data) => (test["properties"] as JsonObject ?? []).All(pair =>
        pair.Value is not JsonObject rule
        || ((!rule.ContainsKey("const") || JsonNode.DeepEquals(rule["const"], data[pair.Key]))
            && (rule["enum"] is not JsonArray choices || choices.Any(choice => JsonNode.DeepEquals(choice, data[pair.Key])))));

    private static Refusal? CheckValue(JsonObject rule, JsonNode value, string path, string title)
    {
        Refusal Wrong(string what) => new("form.invalid", $"'{title}' {what}.", path);
        var type = rule["type"] is JsonValue single ? single.ToString() : "";
        var kind = value.GetValueKind();
        var fits = type switch
        {
            "string" => kind == JsonValueKind.String,
            "number" => kind == JsonValueKind.Number,
            "integer" => kind == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) && whole == decimal.Truncate(whole),
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => value is JsonArray,
            "object" => value is JsonObject,
            _ => true,
        };
        if (!fits)
        {
            return Wrong($"has to be {(type is "integer" ? "a whole number" : type is "array" ? "a list" : "a " + type)}");
        }

        if (rule["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            return Wrong($"has to be one of {string.Join(", ", choices.Select(choice => choice?.ToString()))}");
        }

        if (rule["oneOf"] is JsonArray options && options.OfType<JsonObject>().All(option => option.ContainsKey("const")) && !options.OfType<JsonObject>().Any(option => JsonNode.DeepEquals(option["const"], value)))
        {
            return Wrong("has to be one of the choices");
        }

        return value switch
        {
            JsonObject nested => CheckObject(rule, nested, path),
            JsonArray list => CheckList(rule, list, path, title, Wrong),
            _ when kind == JsonValueKind.String => CheckText(rule, value.GetValue<string>(), Wrong),
            _ when kind == JsonValueKind.Number => CheckNumber(rule, decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture), Wrong),
            _ => null,
        };
    }

    private static Refusal? CheckList(JsonObject rule, JsonArray list, string path, string title, Func<string, Refusal> wrong)
    {
        if (list.Count > (Number(rule, "maxItems") ?? MaxItems))
        {
            return wrong($"has more than {Number(rule, "maxItems") ?? MaxItems} entries");
        }

        if (list.Count < (Number(rule, "minItems") ?? 0))
        {
            return wrong($"needs at least {Number(rule, "minItems")} entries");
        }

        if (rule["items"] is JsonObject items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is { } item && CheckValue(items, item, $"{path}[{i}]", $"{title}, entry {i + 1}") is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return null;
    }

    private static Refusal? CheckText(JsonObject rule, string text, Func<string, Refusal> wrong)
    {
        if (text.Length > (Number(rule, "maxLength") ?? MaxText))
        {
            return wrong($"is longer than {Number(rule, "maxLength") ?? MaxText} characters");
        }

        if (text.Length < (Number(rule, "minLength") ?? 0))
        {
            return wrong($"has to have at least {Number(rule, "minLength")} characters");
        }

        if (rule["pattern"]?.ToString() is { Length: > 0 } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(200)))
        {
            return wrong("does not have the right form");
        }

        return rule["format"]?.ToString() switch
        {
            "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => wrong("has to be a date like 2026-11-24"),
            "date-time" when !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) => wrong("has to be a date and time like 2026-11-24T09:00:00Z"),
            "email" when text.IndexOf('@', StringComparison.Ordinal) is var at && (at <= 0 || at != text.LastIndexOf('@') || at == text.Length - 1 || text.Any(char.IsWhiteSpace)) => wrong("has to be an e-mail address"),
            "uri" when !Uri.TryCreate(text, UriKind.Absolute, out _) => wrong("has to be an address like https://example.com"),
            _ => null,
        };
    }

    private static Refusal? CheckNumber(JsonObject rule, decimal number, Func<string, Refusal> wrong)
    {
        if (number < Number(rule, "minimum") || number <= Number(rule, "exclusiveMinimum"))
        {
            return wrong($"has to be {(Number(rule, "minimum") is { } least ? "at least " + least : "more than " + Number(rule, "exclusiveMinimum"))}");
        }

        if (number > Number(rule, "maximum") || number >= Number(rule, "exclusiveMaximum"))
        {
            return wrong($"has to be {(Number(rule, "maximum") is { } most ? "at most " + most : "less than " + Number(rule, "exclusiveMaximum"))}");
        }

        return Number(rule, "multipleOf") is { } step && step > 0 && number % step != 0 ? wrong($"has to be a multiple of {step}") : null;
    }

    private static decimal? Number(JsonObject rule, string name) =>
        rule[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString());

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static string Title(JsonObject? rule, string name) => rule?["title"]?.ToString() is { Length: > 0 } title ? title : name;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
