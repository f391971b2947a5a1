using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Rules.Feel;

/// <summary>Converts between JSON and FEEL values. JSON has no dates: text becomes one only where a type asks for it.</summary>
public static class FeelJson
{
    private const int MaxNesting = 64;

    /// <summary>Reads JSON as the CLR values FEEL works with. Thread-safe.</summary>
    /// <param name="json">Any JSON value.</param>
    /// <param name="type">Declared type; text is read as date, time or duration where it asks for one.</param>
    /// <exception cref="FeelException">A number has more than 28 digits, or text is not of the declared type.</exception>
    public static object? FromJson(JsonElement json, FeelType? type = null) => FeelBoundary.ToClr(Read(json, type));

    /// <summary>Writes a value of an expression as JSON; dates, times and durations as ISO 8601 text. Thread-safe.</summary>
    /// <param name="value">A result of <see cref="FeelExpression.Evaluate(IReadOnlyDictionary{string, object})"/>, or any value it accepts.</param>
    public static JsonNode? ToJson(object? value) => Write(FeelBoundary.FromClr(value), 0);

    internal static FeelValue Read(JsonElement json, FeelType? type) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => FeelValue.Null,
        JsonValueKind.True => FeelValue.True,
        JsonValueKind.False => FeelValue.False,
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? FeelValue.Of(number) : throw Bad($"The number {json.GetRawText()} is outside what a decimal holds (28 digits)."),
        JsonValueKind.String => ReadText(json.GetString()!, type),
        JsonValueKind.Array => FeelValue.Of(new FeelList([.. json.EnumerateArray().Select(item => Read(item, (type as FeelListType)?.Item))])),
        _ => ReadObject(json, type as FeelContextType),
    };

    private static FeelValue ReadObject(JsonElement json, FeelContextType? type)
    {
        var entries = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            FeelType? member = null;
            type?.Members.TryGetValue(property.Name, out member);
            entries[property.Name] = Read(property.Value, member);
        }

        return FeelValue.Of(FeelRecord.From(entries));
    }

    private static FeelValue ReadText(string text, FeelType? type)
    {
        if (type is null || type.Kind is null or FeelKind.String)
        {
            return FeelValue.Of(text);
        }

        var value = type.Kind switch
        {
            FeelKind.Date => FeelValue.Of(FeelTemporal.ParseDate(text)),
            FeelKind.Time => FeelValue.Of(FeelTemporal.ParseTime(text)),
            FeelKind.DateTime => FeelValue.Of(FeelTemporal.ParseDateTime(text)),
            FeelKind.DaysTime or FeelKind.YearsMonths => FeelTemporal.ParseDuration(text),
            _ => FeelValue.Of(text),
        };
        return value.IsNull || value.Kind != type.Kind ? throw Bad($"\"{text}\" is not a {type}.") : value;
    }

    private static JsonNode? Write(FeelValue value, int depth)
    {
        if (depth > MaxNesting)
        {
            throw FeelException.Limit($"a value is nested deeper than {MaxNesting} levels");
        }

        switch (value.Kind)
        {
            case FeelKind.Null:
                return null;
            case FeelKind.Boolean:
                return JsonValue.Create(value.IsTrue);
            case FeelKind.Number:
                return JsonValue.Create(value.Number);
            case FeelKind.List:
                return new JsonArray([.. value.List!.AsEnumerable().Select(item => Write(item, depth + 1))]);
            case FeelKind.Context:
                var result = new JsonObject();
                foreach (var key in value.Context!.Keys)
                {
                    value.Context.TryGet(key, out var entry);
                    result[key] = Write(entry, depth + 1);
                }

                return result;
            default:
                return JsonValue.Create(FeelText.Plain(value));
        }
    }

    private static FeelException Bad(string message) => new([new FeelDiagnostic(FeelSeverity.Error, "feel-json", message, 0, 0)]);
}
