using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Tasks.Forms;

/// <summary>
/// Checks what a form gives against the form's JSON Schema and says, field by field, what is wrong. Fields the form does not have, or does
/// not ask for after what was entered, are refused, as are values that are too large.
/// </summary>
internal static class JsonForm
{
    private const int MaxBytes = 256_000;
    private const int MaxRefusals = 50;

    /// <summary>Checks the values.</summary>
    /// <param name="schema">The form.</param>
    /// <param name="data">The values.</param>
    /// <param name="known">What was known before: a read-only field may only repeat it.</param>
    /// <returns>What is wrong, by the path of the field (<c>contact.email</c>, <c>lines[0].amount</c>); empty when nothing is.</returns>
    internal static IReadOnlyList<Refusal> Check(string schema, JsonObject data, JsonObject? known = null)
    {
        if (Encoding.UTF8.GetByteCount(data.ToJsonString()) > MaxBytes)
        {
            return [new Refusal("form.too-large", $"The form is larger than {MaxBytes / 1000} kB; attach documents instead.", "data")];
        }

        var refusals = new List<Refusal>();
        if (Parse(schema) is { } form)
        {
            CheckObject(form, form, data, known, "", refusals, 0);
        }

        return refusals;
    }

    /// <summary>The documents a form's values refer to, with the rule of the field each is in.</summary>
    internal static IEnumerable<(string Path, string DocumentId, JsonObject Rule)> Documents(string schema, JsonObject data) =>
        Parse(schema) is { } form ? Documents(form, form, data, "", 0) : [];

    /// <summary>Whether a field holds a document of the store.</summary>
    internal static bool IsDocument(JsonObject rule) => FormShape.Text(rule["format"]) is "file" or "document" or "data-url" || rule.ContainsKey("contentEncoding");

    /// <summary>Whether a field holds an amount with its currency.</summary>
    internal static bool IsMoney(JsonObject rule) => FormShape.Text(rule["format"]) == "money";

    internal static JsonObject? Parse(string? schema)
    {
        try
        {
            return string.IsNullOrWhiteSpace(schema) ? null : JsonNode.Parse(schema) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CheckObject(JsonObject schema, JsonObject root, JsonObject data, JsonObject? known, string path, List<Refusal> refusals, int depth)
    {
        if (depth > 16)
        {
            refusals.Add(new Refusal("form.too-deep", "The form's values are nested too deeply.", path));
            return;
        }

        var shape = FormShape.Of(schema, root);
        var rules = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var dormant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, rule, when) in shape.Fields)
        {
            if (when?.Invoke(data) ?? true)
            {
                rules[name] = rules.TryGetValue(name, out var also) ? Merge(also, rule) : rule;
            }
            else
            {
                dormant.Add(name);
            }
        }

        foreach (var (name, value) in data)
        {
            if (refusals.Count >= MaxRefusals)
            {
                return;
            }

            if (!rules.ContainsKey(name) && !FormShape.IsTrue(schema["additionalProperties"]) && !(dormant.Contains(name) && FormShape.IsEmpty(value)))
            {
                refusals.Add(new Refusal(
                    "form.unknown-field",
                    dormant.Contains(name) ? $"'{name}' is not asked for after what was entered elsewhere." : $"The form has no field '{Shorten(name)}'.",
                    Join(path, Shorten(name))));
            }
        }

        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, when) in shape.Requirements)
        {
            if ((when?.Invoke(data) ?? true) && IsMissing(rules.GetValueOrDefault(name), data[name]) && missing.Add(name))
            {
                refusals.Add(new Refusal("form.required", $"'{Title(rules.GetValueOrDefault(name), name)}' has to be filled in.", Join(path, name)));
            }
        }

        foreach (var (name, rule) in rules)
        {
            if (data[name] is not { } value || missing.Contains(name) || refusals.Count >= MaxRefusals)
            {
                continue;
            }

            if (FormShape.IsTrue(rule["readOnly"]) && !FormShape.Same(value, known?[name] ?? rule["const"] ?? rule["default"]))
            {
                refusals.Add(new Refusal("form.read-only", $"'{Title(rule, name)}' cannot be changed here.", Join(path, name)));
            }
            else
            {
                CheckValue(rule, root, value, known?[name], Join(path, name), Title(rule, name), refusals, depth);
            }
        }
    }

    // Of a group that is there its own fields say what is missing.
    private static bool IsMissing(JsonObject? rule, JsonNode? value) =>
        (value is not JsonObject || (rule is not null && IsMoney(rule))) && FormShape.IsEmpty(value);

    private static void CheckValue(JsonObject rule, JsonObject root, JsonNode value, JsonNode? known, string path, string title, List<Refusal> refusals, int depth)
    {
        if (FieldRules.Check(rule, value) is { } wrong)
        {
            refusals.Add(new Refusal("form.invalid", $"'{title}' {wrong}.", path));
            return;
        }

        if (IsMoney(rule))
        {
            return;
        }

        if (value is JsonObject nested)
        {
            CheckObject(rule, root, nested, known as JsonObject, path, refusals, depth + 1);
        }
        else if (value is JsonArray list && FormShape.Resolve(rule["items"] as JsonObject, root) is { } items)
        {
            for (var i = 0; i < list.Count && refusals.Count < MaxRefusals; i++)
            {
                var at = $"{path}[{i}]";
                if (list[i] is { } item)
                {
                    CheckValue(items, root, item, null, at, $"{title}, entry {i + 1}", refusals, depth + 1);
                }
                else
                {
                    refusals.Add(new Refusal("form.required", $"'{title}, entry {i + 1}' has to be filled in.", at));
                }
            }
        }
    }

    private static IEnumerable<(string Path, string DocumentId, JsonObject Rule)> Documents(JsonObject rule, JsonObject root, JsonNode value, string path, int depth)
    {
        if (depth > 16)
        {
            return [];
        }

        if (IsDocument(rule))
        {
            return FormShape.Text(value) is { } id ? [(path, id, rule)] : [];
        }

        return value switch
        {
            JsonObject data => FormShape.Of(rule, root).Fields.DistinctBy(field => field.Name)
                .Where(field => data[field.Name] is not null)
                .SelectMany(field => Documents(field.Rule, root, data[field.Name]!, Join(path, field.Name), depth + 1)),
            JsonArray list when FormShape.Resolve(rule["items"] as JsonObject, root) is { } items =>
                list.SelectMany((item, i) => item is null ? [] : Documents(items, root, item, $"{path}[{i}]", depth + 1)),
            _ => [],
        };
    }

    private static JsonObject Merge(JsonObject one, JsonObject other)
    {
        var both = (JsonObject)one.DeepClone();
        foreach (var (name, value) in other)
        {
            both[name] = value?.DeepClone();
        }

        return both;
    }

    private static string Title(JsonObject? rule, string name) => FormShape.Text(rule?["title"]) is { Length: > 0 } title ? title : name;

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "…";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
