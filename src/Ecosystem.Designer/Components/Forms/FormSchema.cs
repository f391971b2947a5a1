using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks.Forms;

namespace Ecosystem.Designer.Components.Forms;

/// <summary>
/// A form read from a JSON Schema, as pages show it. It reads the schema with the same code that checks answers, and checks with it too, so
/// that a page and the service never differ.
/// </summary>
public sealed class FormSchema
{
    private readonly string? _json;

    private FormSchema(IReadOnlyList<FormField> fields, string? json = null) => (Fields, _json) = (fields, json);

    /// <summary>A form without fields.</summary>
    public static FormSchema Empty { get; } = new([]);

    /// <summary>The fields in the order of the schema.</summary>
    public IReadOnlyList<FormField> Fields { get; }

    /// <summary>Reads a schema; null or text that is no object gives a form without fields.</summary>
    public static FormSchema Parse(string? schemaJson) =>
        JsonForm.Parse(schemaJson) is { } schema ? new FormSchema(ReadObject(schema, schema, 0), schemaJson) : Empty;

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
                values[field.Name] = field.Fields!.Start();
            }
        }

        return values;
    }

    /// <summary>The fields that need not be asked, because their values are known.</summary>
    public IReadOnlyList<FormField> KnownIn(JsonObject? known) => known is null ? [] : [.. Fields.Where(field => !FormShape.IsEmpty(known[field.Name]) && field.Kind is not (FormKind.Group or FormKind.List))];

    /// <summary>What is wrong, by the path of the field (<c>contact.email</c>, <c>lines[0].amount</c>), as the service would say it.</summary>
    public IReadOnlyDictionary<string, string> Check(JsonObject values, JsonObject? known = null) => _json is null
        ? new Dictionary<string, string>()
        : JsonForm.Check(_json, Collect(values), known).GroupBy(refusal => refusal.Field ?? "", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Message);

    /// <summary>The values of the shown fields only, without empty ones: what is sent.</summary>
    public JsonObject Collect(JsonObject values)
    {
        var sent = new JsonObject();
        foreach (var field in Fields.Where(field => field.IsShown(values)))
        {
            var value = field.Kind switch
            {
                FormKind.Group => field.Fields!.Collect(values[field.Name] as JsonObject ?? []) is { Count: > 0 } group ? group : null,
                FormKind.List => new JsonArray([.. (values[field.Name] as JsonArray ?? []).OfType<JsonObject>().Select(field.Fields!.Collect).Where(entry => entry.Count > 0)]) is { Count: > 0 } list ? list : null,
                FormKind.Money => FormShape.IsEmpty((values[field.Name] as JsonObject)?["amount"]) ? null : values[field.Name]?.DeepClone(),
                _ => FormShape.IsEmpty(values[field.Name]) ? null : values[field.Name]!.DeepClone(),
            };
            if (value is not null)
            {
                sent[field.Name] = value;
            }
        }

        return sent;
    }

    private static List<FormField> ReadObject(JsonObject schema, JsonObject root, int depth)
    {
        var shape = FormShape.Of(schema, root);
        var needed = shape.Requirements.ToLookup(requirement => requirement.Name, requirement => requirement.When, StringComparer.Ordinal);
        return [.. shape.Fields.GroupBy(part => part.Name, StringComparer.Ordinal).Select(parts =>
            Read(parts.Key, parts.First().Rule, root, depth) with
            {
                ShownWhen = Any(parts.Select(part => part.When)),
                RequiredWhen = needed.Contains(parts.Key) ? Any(needed[parts.Key]) ?? (_ => true) : null,
            })];
    }

    // One condition that is always met makes the whole always met: null.
    private static Func<JsonObject, bool>? Any(IEnumerable<Func<JsonObject, bool>?> conditions)
    {
        var all = conditions.ToList();
        return all.Contains(null) ? null : values => all.Exists(condition => condition!(values));
    }

    private static FormField Read(string name, JsonObject rule, JsonObject root, int depth)
    {
        var kind = KindOf(rule, root);
        var items = FormShape.Resolve(rule["items"] as JsonObject, root);
        return new FormField
        {
            Name = name,
            Title = FormShape.Text(rule["title"]) ?? Words.Of(name),
            Kind = kind,
            Description = FormShape.Text(rule["description"]),
            ReadOnly = FormShape.IsTrue(rule["readOnly"]),
            Options = kind switch
            {
                FormKind.MultiChoice => Options(items!),
                FormKind.Money => [.. (FormShape.Texts(rule["currencies"]).ToList() is { Count: > 0 } currencies ? currencies : ["EUR", "USD", "GBP", "CHF"]).Select(code => KeyValuePair.Create(code, code))],
                _ => Options(rule),
            },
            Min = FormShape.Number(rule["minimum"]) ?? FormShape.Number(rule["exclusiveMinimum"]) ?? FormShape.Number(rule["minItems"]),
            Max = FormShape.Number(rule["maximum"]) ?? FormShape.Number(rule["exclusiveMaximum"]) ?? FormShape.Number(rule["maxItems"]),
            Earliest = FormShape.Text(rule["formatMinimum"]),
            Latest = FormShape.Text(rule["formatMaximum"]),
            MaxLength = (int?)FormShape.Number(rule["maxLength"]),
            Accept = string.Join(',', FormShape.Texts(rule["accept"])) is { Length: > 0 } accept ? accept : null,
            Default = rule["const"] ?? rule["default"],
            Fields = depth > 8 ? null
                : kind == FormKind.Group ? new FormSchema(ReadObject(rule, root, depth + 1))
                : kind == FormKind.List ? new FormSchema(ReadObject(items!, root, depth + 1))
                : null,
        };
    }

    private static FormKind KindOf(JsonObject rule, JsonObject root)
    {
        var type = FormShape.Types(rule).FirstOrDefault(name => name != "null");
        var items = FormShape.Resolve(rule["items"] as JsonObject, root);
        return (type, FormShape.Text(rule["format"])) switch
        {
            (_, "money") => FormKind.Money,
            ("array", _) when items is not null && FormShape.Choices(items) is not null => FormKind.MultiChoice,
            ("array", _) when items is not null && FormShape.Types(items).Contains("object") => FormKind.List,
            ("array", _) => FormKind.TextList,
            _ when FormShape.Choices(rule) is not null => FormKind.Choice,
            ("boolean", _) => FormKind.Boolean,
            ("integer", _) => FormKind.Integer,
            ("number", _) => FormKind.Number,
            ("object", _) => FormKind.Group,
            (_, "date") => FormKind.Date,
            (_, "date-time") => FormKind.DateTime,
            (_, "time") => FormKind.Time,
            (_, "email") => FormKind.Email,
            (_, "uri" or "url") => FormKind.Uri,
            (_, "multiline" or "textarea") => FormKind.Multiline,
            _ when JsonForm.IsDocument(rule) => FormKind.File,
            _ when FormShape.Number(rule["maxLength"]) > 200 => FormKind.Multiline,
            _ => FormKind.Text,
        };
    }

    private static List<KeyValuePair<string, string>> Options(JsonObject rule) =>
        [.. (FormShape.Choices(rule) ?? []).Select(choice => KeyValuePair.Create(choice.Value.ToString(), choice.Label ?? Words.Of(choice.Value.ToString())))];
}
