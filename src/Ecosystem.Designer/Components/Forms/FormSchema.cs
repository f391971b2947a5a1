using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecosystem.Designer.Components.Forms;

/// <summary>
/// A form read from a JSON Schema: the part of the vocabulary that forms need (types, formats, enum and oneOf, limits, nested objects,
/// <c>if</c>/<c>then</c>/<c>else</c> on values of other fields). It renders and gives early hints; the service checks again.
/// </summary>
/// <param name="Fields">The fields in the order of the schema.</param>
public sealed record FormSchema(IReadOnlyList<FormField> Fields)
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads a schema; null or text that is no object gives a form without fields.</summary>
    public static FormSchema Parse(string? schemaJson)
    {
        if (string.IsNullOrWhiteSpace(schemaJson) || JsonNode.Parse(schemaJson) is not JsonObject schema)
        {
            return new FormSchema([]);
        }

        return new FormSchema(ReadObject(schema));
    }

    /// <summary>The values a form starts with: what is known already, else the defaults.</summary>
    public JsonObject Start(JsonObject? known = null)
    {
        var values = new JsonObject();
        foreach (var field in Fields)
        {
            if ((known?[field.Name] ?? field.Default)?.DeepClone() is { } value)
            {
                values[field.Name] = value;
            }
            else if (field.Kind == FormKind.Group)
            {
                values[field.Name] = new FormSchema(field.Children).Start();
            }
        }

        return values;
    }

    /// <summary>What is wrong, by the path of the field (<c>contact.email</c>). Fields that are not shown are not checked.</summary>
    public IReadOnlyDictionary<string, string> Check(JsonObject values)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        Check(Fields, values, string.Empty, errors);
        return errors;
    }

    /// <summary>The values of the shown fields only, without empty ones: what is sent.</summary>
    public JsonObject Collect(JsonObject values) => Collect(Fields, values);

    private static JsonObject Collect(IReadOnlyList<FormField> fields, JsonObject values)
    {
        var sent = new JsonObject();
        foreach (var field in fields.Where(field => field.ShownWhen?.Invoke(values) ?? true))
        {
            var value = values[field.Name];
            if (field.Kind == FormKind.Group && value is JsonObject group)
            {
                sent[field.Name] = Collect(field.Children, group);
            }
            else if (!IsEmpty(value))
            {
                sent[field.Name] = value!.DeepClone();
            }
        }

        return sent;
    }

    private static bool IsEmpty(JsonNode? value) =>
        value is null || (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0) || value is JsonArray { Count: 0 };

    private static List<FormField> ReadObject(JsonObject schema)
    {
        var fields = ReadProperties(schema, null);
        var rules = (schema["allOf"] as JsonArray ?? []).OfType<JsonObject>().Append(schema);
        foreach (var rule in rules.Where(rule => rule["if"] is JsonObject))
        {
            var condition = Condition((JsonObject)rule["if"]!);
            Branch(fields, rule["then"] as JsonObject, condition);
            Branch(fields, rule["else"] as JsonObject, values => !condition(values));
        }

        return fields;
    }

    // A branch adds fields that are shown only then; a field it merely requires becomes a required one while the branch holds.
    private static void Branch(List<FormField> fields, JsonObject? branch, Func<JsonObject, bool> when)
    {
        if (branch is null)
        {
            return;
        }

        foreach (var added in ReadProperties(branch, when).Where(added => !fields.Exists(field => field.Name == added.Name)))
        {
            fields.Add(added);
        }

        foreach (var name in Names(branch["required"]))
        {
            var index = fields.FindIndex(field => field.Name == name);
            if (index >= 0 && fields[index] is { ShownWhen: null, Required: false } always)
            {
                fields[index] = always with { ShownWhen = null, Required = false };
                fields.Insert(index, always with { Required = true, ShownWhen = when });
                fields[index + 1] = always with { ShownWhen = values => !when(values) };
            }
        }
    }

    private static List<FormField> ReadProperties(JsonObject schema, Func<JsonObject, bool>? when)
    {
        var required = Names(schema["required"]).ToHashSet(StringComparer.Ordinal);
        return [.. (schema["properties"] as JsonObject ?? [])
            .Where(property => property.Value is JsonObject)
            .Select(property => Read(property.Key, (JsonObject)property.Value!, required.Contains(property.Key)) with { ShownWhen = when })];
    }

    private static FormField Read(string name, JsonObject schema, bool required)
    {
        var options = Options(schema);
        var kind = KindOf(schema, options);
        return new FormField
        {
            Name = name,
            Title = Text(schema["title"]) ?? Words.Of(name),
            Kind = kind,
            Description = Text(schema["description"]),
            Required = required,
            ReadOnly = schema["readOnly"] is JsonValue flag && flag.TryGetValue<bool>(out var readOnly) && readOnly,
            Options = kind == FormKind.MultiChoice ? Options((JsonObject)schema["items"]!) : options,
            Min = Number(schema["minimum"]) ?? Number(schema["exclusiveMinimum"]) ?? Number(schema["minItems"]),
            Max = Number(schema["maximum"]) ?? Number(schema["exclusiveMaximum"]) ?? Number(schema["maxItems"]),
            MinLength = (int?)Number(schema["minLength"]),
            MaxLength = (int?)Number(schema["maxLength"]),
            Pattern = Text(schema["pattern"]),
            Default = schema["const"] ?? schema["default"],
            Children = kind == FormKind.Group ? ReadObject(schema) : [],
        };
    }

    private static FormKind KindOf(JsonObject schema, List<KeyValuePair<string, string>> options)
    {
        var type = schema["type"] is JsonArray types ? types.Select(Text).FirstOrDefault(t => t != "null") : Text(schema["type"]);
        var format = Text(schema["format"]);
        return (type, format) switch
        {
            _ when options.Count > 0 => FormKind.Choice,
            ("boolean", _) => FormKind.Boolean,
            ("integer", _) => FormKind.Integer,
            ("number", _) => FormKind.Number,
            ("object", _) => FormKind.Group,
            ("array", _) when schema["items"] is JsonObject items && Options(items).Count > 0 => FormKind.MultiChoice,
            ("array", _) => FormKind.TextList,
            (_, "date") => FormKind.Date,
            (_, "date-time") => FormKind.DateTime,
            (_, "email") => FormKind.Email,
            (_, "uri" or "url") => FormKind.Uri,
            (_, "data-url" or "file") => FormKind.File,
            (_, "multiline" or "textarea") => FormKind.Multiline,
            _ when schema["contentEncoding"] is not null => FormKind.File,
            _ when Number(schema["maxLength"]) > 200 => FormKind.Multiline,
            _ => FormKind.Text,
        };
    }

    private static List<KeyValuePair<string, string>> Options(JsonObject schema)
    {
        var choices = schema["oneOf"] as JsonArray ?? schema["anyOf"] as JsonArray;
        if (choices is not null && choices.All(choice => choice?["const"] is not null))
        {
            return [.. choices.Select(choice => KeyValuePair.Create(choice!["const"]!.ToString(), Text(choice["title"]) ?? Words.Of(choice["const"]!.ToString())))];
        }

        return [.. (schema["enum"] as JsonArray ?? []).Where(value => value is not null).Select(value => KeyValuePair.Create(value!.ToString(), Words.Of(value.ToString())))];
    }

    private static Func<JsonObject, bool> Condition(JsonObject test)
    {
        var parts = new List<Func<JsonObject, bool>>();
        foreach (var name in Names(test["required"]))
        {
            parts.Add(values => !IsEmpty(values[name]));
        }

        foreach (var (name, node) in test["properties"] as JsonObject ?? [])
        {
            if (node?["const"] is { } constant)
            {
                parts.Add(values => JsonNode.DeepEquals(values[name], constant));
            }
            else if (node?["enum"] is JsonArray allowed)
            {
                parts.Add(values => allowed.Any(value => JsonNode.DeepEquals(values[name], value)));
            }
            else if (Number(node?["minimum"]) is { } least)
            {
                parts.Add(values => Number(values[name]) >= least);
            }
            else if (Number(node?["exclusiveMinimum"]) is { } above)
            {
                parts.Add(values => Number(values[name]) > above);
            }
        }

        return values => parts.TrueForAll(part => part(values));
    }

    private static void Check(IReadOnlyList<FormField> fields, JsonObject values, string prefix, Dictionary<string, string> errors)
    {
        foreach (var field in fields.Where(field => field.ShownWhen?.Invoke(values) ?? true))
        {
            var path = prefix + field.Name;
            var value = values[field.Name];
            if (field.Kind == FormKind.Group)
            {
                Check(field.Children, value as JsonObject ?? [], path + ".", errors);
            }
            else if (IsEmpty(value))
            {
                if (field.Required)
                {
                    errors[path] = field.Kind == FormKind.Choice ? "Choose one." : "This is needed.";
                }
            }
            else if (Wrong(field, value!) is { } message)
            {
                errors[path] = message;
            }
        }
    }

    private static string? Wrong(FormField field, JsonNode value)
    {
        switch (field.Kind)
        {
            case FormKind.Number or FormKind.Integer:
                return Number(value) switch
                {
                    null => "This must be a number.",
                    var number when field.Kind == FormKind.Integer && number != decimal.Truncate(number.Value) => "This must be a whole number.",
                    var number when number < field.Min => $"This must be at least {field.Min}.",
                    var number when number > field.Max => $"This must be at most {field.Max}.",
                    _ => null,
                };
            case FormKind.Date:
                return DateOnly.TryParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : "This must be a date.";
            case FormKind.MultiChoice or FormKind.TextList:
                var count = (value as JsonArray)?.Count ?? 0;
                return count < field.Min ? $"Choose at least {field.Min}." : count > field.Max ? $"Choose at most {field.Max}." : null;
            case FormKind.Boolean or FormKind.File:
                return null;
            default:
                var text = Text(value) ?? value.ToString();
                return text.Length < field.MinLength ? $"At least {field.MinLength} characters."
                    : text.Length > field.MaxLength ? $"At most {field.MaxLength} characters."
                    : field.Kind == FormKind.Email && !text.Contains('@', StringComparison.Ordinal) ? "This must be an e-mail address."
                    : field.Kind == FormKind.Uri && !Uri.IsWellFormedUriString(text, UriKind.Absolute) ? "This must be an address such as https://example.com."
                    : field.Pattern is { } pattern && !Matches(pattern, text) ? "This does not have the form that is asked for."
                    : null;
        }
    }

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern this engine cannot run is left to the service.
            return true;
        }
    }

    private static IEnumerable<string> Names(JsonNode? list) => (list as JsonArray ?? []).Select(Text).OfType<string>();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static decimal? Number(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null
        : null;
}
