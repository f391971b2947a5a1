using System.Globalization;
using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Components.Forms;

/// <summary>Reads a form that a browser posted without scripts: fields are named by their paths, as <see cref="SchemaForm"/> writes them.</summary>
internal static class FormPost
{
    private const int MaxEntries = 200;

    /// <summary>The values; files are read by <paramref name="upload"/>, which gives the id of the kept document or null.</summary>
    public static async Task<JsonObject> ReadAsync(FormSchema form, IFormCollection posted, Func<FormField, string, IFormFile, Task<string?>> upload) =>
        await ReadAsync(form.Fields, posted, upload, "");

    private static async Task<JsonObject> ReadAsync(IReadOnlyList<FormField> fields, IFormCollection posted, Func<FormField, string, IFormFile, Task<string?>> upload, string prefix)
    {
        var values = new JsonObject();
        foreach (var field in fields)
        {
            var path = prefix + field.Name;
            var value = field.Kind switch
            {
                FormKind.Group => await ReadAsync(field.Fields?.Fields ?? [], posted, upload, path + "."),
                FormKind.List => await ReadListAsync(field, posted, upload, path),
                FormKind.Money => string.IsNullOrWhiteSpace(posted[path + ".amount"]) ? null
                    : new JsonObject { ["amount"] = posted[path + ".amount"].ToString().Trim(), ["currency"] = posted[path + ".currency"].ToString() },
                FormKind.File when posted.Files[path] is { Length: > 0 } file => await upload(field, path, file) is { } id ? JsonValue.Create(id) : null,
                FormKind.MultiChoice => new JsonArray([.. posted[path].OfType<string>().Select(text => JsonValue.Create(text))]),
                FormKind.TextList => new JsonArray([.. posted[path].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => JsonValue.Create(line))]),
                FormKind.Boolean => posted.ContainsKey(path) ? JsonValue.Create(posted[path].ToString() is "on" or "true") : null,
                _ => Parse(field.Kind, posted[path].ToString()),
            };
            if (value is not null)
            {
                values[field.Name] = value;
            }
        }

        return values;
    }

    private static async Task<JsonArray> ReadListAsync(FormField field, IFormCollection posted, Func<FormField, string, IFormFile, Task<string?>> upload, string path)
    {
        var entries = new JsonArray();
        for (var i = 0; i < MaxEntries && posted.Keys.Any(key => key.StartsWith($"{path}[{i}]", StringComparison.Ordinal)); i++)
        {
            entries.Add(await ReadAsync(field.Fields?.Fields ?? [], posted, upload, $"{path}[{i}]."));
        }

        return entries;
    }

    /// <summary>A text that was typed in as the value of a field; what is no number stays a text, so that the check can say so.</summary>
    public static JsonNode? Parse(FormKind kind, string? text)
    {
        text = text?.Trim();
        return string.IsNullOrEmpty(text) ? null
            : kind is FormKind.Number or FormKind.Integer && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : kind == FormKind.DateTime && text.Length == 16 ? JsonValue.Create(text + ":00Z")
            : JsonValue.Create(text);
    }
}
