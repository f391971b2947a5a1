using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The values a process handles: null, <see cref="bool"/>, <see cref="decimal"/> (a <see cref="double"/> only beyond its range),
/// <see cref="string"/>, <see cref="List{T}"/> of values and <see cref="Dictionary{TKey,TValue}"/> of values: what JSON can say, so that every
/// value survives a payload, a snapshot and a script.
/// </summary>
internal static class Values
{
    internal static object? FromJson(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonArray array:
                return array.Select(FromJson).ToList();
            case JsonObject json:
                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var pair in json)
                {
                    map[pair.Key] = FromJson(pair.Value);
                }

                return map;
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.String => node.GetValue<string>(),
                    JsonValueKind.Number => Number(node),
                    _ => null,
                };
        }
    }

    internal static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        decimal number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(ToJson)]),
        _ => ToJson(Normalise(value)),
    };

    internal static JsonObject ToJsonObject(IReadOnlyDictionary<string, object?> map) => (JsonObject)ToJson(map)!;

    /// <summary>Turns any CLR value into one of the values a process handles.</summary>
    internal static object? Normalise(object? value)
    {
        switch (value)
        {
            case null or bool or string or decimal:
                return value;
            case double number:
                return FromDouble(number);
            case float number:
                return FromDouble(number);
            case byte or sbyte or short or ushort or int or uint or long or ulong:
                return Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            case JsonNode node:
                return FromJson(node);
            case JsonElement element:
                return FromJson(JsonNode.Parse(element.GetRawText()));
            case DateTimeOffset time:
                return Text(time);
            case DateTime time:
                return time.ToString("O", CultureInfo.InvariantCulture);
            case DateOnly date:
                return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case TimeOnly time:
                return time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            case TimeSpan span:
                return span.ToString("c", CultureInfo.InvariantCulture);
            case IReadOnlyDictionary<string, object?> map:
                return map.ToDictionary(pair => pair.Key, pair => Normalise(pair.Value), StringComparer.Ordinal);
            case System.Collections.IDictionary map:
                var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (System.Collections.DictionaryEntry entry in map)
                {
                    copy[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = Normalise(entry.Value);
                }

                return copy;
            case System.Collections.IEnumerable list:
                return list.Cast<object?>().Select(Normalise).ToList();
            default:
                return FromJson(JsonSerializer.SerializeToNode(value, StepJson.Options));
        }
    }

    /// <summary>Writes a time as RFC 3339 in UTC, with fractions of a second only where there are any.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    internal static object FromDouble(double number)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > 7e27)
        {
            return number;
        }

        return decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : number;
    }

    /// <summary>What a value looks like as text, as Elsa writes it.</summary>
    internal static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "True" : "False",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => ToJson(value)?.ToJsonString(Relaxed) ?? "",
    };

    internal static bool ToBool(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => bool.TryParse(text, out var flag) ? flag : text.Length > 0 && text != "0" && !decimal.TryParse(text, out _),
        decimal number => number != 0,
        double number => number != 0,
        _ => true,
    };

    internal static decimal? ToNumber(object? value) => value switch
    {
        decimal number => number,
        double number when double.IsFinite(number) && Math.Abs(number) < 7e27 => (decimal)number,
        bool flag => flag ? 1 : 0,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Gives a value the type a variable or an input asks for, where that is one of the plain types; otherwise leaves it.</summary>
    internal static object? ConvertTo(object? value, string? typeName)
    {
        if (value is null || typeName is null)
        {
            return value;
        }

        var name = ShortName(typeName);
        switch (name)
        {
            case "STRING":
                return ToText(value);
            case "BOOLEAN" or "BOOL":
                return value is string text && text.Length == 0 ? null : ToBool(value);
            case "BYTE" or "INT16" or "INT32" or "INT64" or "INT" or "LONG" or "DOUBLE" or "SINGLE" or "FLOAT" or "DECIMAL":
                return ToNumber(value) is { } number ? number : value is string { Length: 0 } ? null : value;
            default:
                return value is string json && (name.EndsWith("[]", StringComparison.Ordinal) || name.Contains('<', StringComparison.Ordinal) || name is "JSONOBJECT" or "JSONNODE" or "JSONARRAY" or "JSONELEMENT" or "OBJECTDICTIONARY" or "EXPANDOOBJECT" or "OBJECT")
                    ? FromJsonText(json)
                    : value;
        }
    }

    internal static bool SameAs(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && SameAs(pair.Value, other)),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => SameAs(pair.First, pair.Second)),
        _ => Equals(left, right),
    };

    /// <summary>Copies what can be changed in place, so that two owners never share it.</summary>
    internal static object? Copy(object? value) => value switch
    {
        Dictionary<string, object?> map => map.ToDictionary(pair => pair.Key, pair => Copy(pair.Value), StringComparer.Ordinal),
        List<object?> list => list.Select(Copy).ToList(),
        _ => value,
    };

    /// <summary>A text that holds a JSON object or array is read as one; any other text stays a text.</summary>
    internal static object? FromJsonText(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length < 2 || !((trimmed[0] == '{' && trimmed[^1] == '}') || (trimmed[0] == '[' && trimmed[^1] == ']')))
        {
            return text;
        }

        try
        {
            return FromJson(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Elsa writes types short (<c>Int32</c>) or with namespace and assembly; this is the short form in upper case.</summary>
    internal static string ShortName(string typeName)
    {
        var end = typeName.IndexOfAny([',', '`']);
        var name = end > 0 && !typeName.Contains('<', StringComparison.Ordinal) ? typeName[..end] : typeName;
        var dot = name.Contains('<', StringComparison.Ordinal) ? -1 : name.LastIndexOf('.');
        return (dot >= 0 ? name[(dot + 1)..] : name).Trim().ToUpperInvariant();
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static object Number(JsonNode node)
    {
        var value = node.AsValue();
        if (value.TryGetValue<decimal>(out var number))
        {
            return number == 0 ? 0m : number / 1.000000000000000000000000000000m;
        }

        return FromDouble(double.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
