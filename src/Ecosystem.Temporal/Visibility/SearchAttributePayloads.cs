using System.Text.Json;
using Ecosystem.Temporal.Visibility.Filters;

namespace Ecosystem.Temporal.Visibility;

/// <summary>Reads search attributes from payloads and checks them against the types that a namespace gave them.</summary>
internal static class SearchAttributePayloads
{
    private const int MaximumCount = 100;
    /// <summary>Bytes of one attribute's value.</summary>
    public const int MaximumValue = 2 * 1024;
    private const int MaximumTotal = 40 * 1024;
    private const string TypeKey = "type";
    private const string EncodingKey = "encoding";

    /// <summary>JSON as the server writes it: nothing is escaped that need not be.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The attributes that a start or an upsert may keep: each known, writable and of its type, with the type noted in its metadata.
    /// </summary>
    /// <returns>The message for the caller if one is not; otherwise null.</returns>
    public static string? Validate(SearchAttributes? attributes, NamespaceRecord ns)
    {
        if (attributes is null)
        {
            return null;
        }

        if (attributes.IndexedFields.Count > MaximumCount)
        {
            return $"number of search attributes {attributes.IndexedFields.Count} exceeds limit {MaximumCount}";
        }

        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (SearchAttributeCatalog.System.ContainsKey(name))
            {
                return $"{name} attribute can't be set in SearchAttributes";
            }

            if (!ns.SearchAttributes.TryWritable(name, out var column))
            {
                return $"Namespace {ns.Name} has no mapping defined for search attribute {name}";
            }

            if (!TryRead(payload, column.Type, out _))
            {
                return $"invalid value for search attribute {name} of type {column.TypeName}: {Print(payload)}";
            }
        }

        return null;
    }

    /// <summary>What is too large in attributes, or null.</summary>
    public static string? SizeProblem(SearchAttributes? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (payload.Data.Length > MaximumValue)
            {
                return $"search attribute {name} value size {payload.Data.Length} exceeds size limit {MaximumValue}";
            }
        }

        var total = attributes.CalculateSize();
        return total > MaximumTotal ? $"total size of search attributes {total} exceeds size limit {MaximumTotal}" : null;
    }

    /// <summary>Attributes with the type of each in its metadata, as histories keep them.</summary>
    public static SearchAttributes? WithTypes(SearchAttributes? attributes, SearchAttributeMap map)
    {
        if (attributes is null)
        {
            return null;
        }

        var typed = new SearchAttributes();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            var copy = payload.Clone();
            if (map.TryWritable(name, out var column))
            {
                copy.Metadata[TypeKey] = ByteString.CopyFromUtf8(column.TypeName);
            }

            typed.IndexedFields[name] = copy;
        }

        return typed;
    }

    /// <summary>The attributes as a list shows them: without those that are null or empty, in their own type's form.</summary>
    public static SearchAttributes Normalize(SearchAttributes attributes, SearchAttributeMap map)
    {
        var result = new SearchAttributes();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (map.TryWritable(name, out var column) && TryRead(payload, column.Type, out var value) && value is not null)
            {
                // The server lists an instant with the offset it was written with, and takes whole numbers through a double.
                result.IndexedFields[name] = column.Type switch
                {
                    IndexedValueType.Datetime => Encode(WithOffset(payload), column.Type),
                    IndexedValueType.Int => Encode((long)(double)(long)value, column.Type),
                    _ => Encode(value, column.Type),
                };
            }
        }

        return result;
    }

    /// <summary>
    /// The value that the tables keep: text, a whole number (instants as nanoseconds since 1970, truth as 0 or 1), a double,
    /// or the members of a keyword list. Null where the attribute is to be unset.
    /// </summary>
    public static bool TryRead(Payload payload, IndexedValueType type, out object? value)
    {
        value = null;
        if (!payload.Metadata.TryGetValue(EncodingKey, out var encoding))
        {
            return false;
        }

        switch (encoding.ToStringUtf8())
        {
            case "binary/null":
                return true;
            case "json/plain":
                break;
            default:
                return false;
        }

        JsonElement json;
        try
        {
            using var document = JsonDocument.Parse(payload.Data.Memory);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return false;
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (type != IndexedValueType.KeywordList && json.ValueKind == JsonValueKind.Array)
        {
            switch (json.GetArrayLength())
            {
                case 0:
                    return true;
                case 1:
                    json = json[0];
                    break;
                default:
                    return false;
            }
        }

        return TryRead(json, type, out value);
    }

    /// <summary>A value of the tables as a payload with its type.</summary>
    public static Payload Encode(object value, IndexedValueType type)
    {
        var json = (type, value) switch
        {
            (IndexedValueType.Bool, long truth) => truth == 0 ? "false" : "true",
            (IndexedValueType.Datetime, long nanoseconds) => JsonSerializer.Serialize(FormatInstant(nanoseconds), Plain),
            (_, double number) => number.ToString("R", CultureInfo.InvariantCulture),
            _ => JsonSerializer.Serialize(value, Plain),
        };
        return new Payload
        {
            Metadata = { [EncodingKey] = ByteString.CopyFromUtf8("json/plain"), [TypeKey] = ByteString.CopyFromUtf8(type.ToString()) },
            Data = ByteString.CopyFromUtf8(json),
        };
    }

    /// <summary>An instant as text in its own offset, without needless digits.</summary>
    private static string WithOffset(Payload payload)
    {
        using var document = JsonDocument.Parse(payload.Data.Memory);
        var json = document.RootElement;
        var instant = DateTimeOffset.Parse((json.ValueKind == JsonValueKind.Array ? json[0] : json).GetString()!, CultureInfo.InvariantCulture);
        return instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
            + (instant.Offset == TimeSpan.Zero ? "Z" : instant.ToString("zzz", CultureInfo.InvariantCulture));
    }

    private static bool TryRead(JsonElement json, IndexedValueType type, out object? value)
    {
        value = null;
        switch (type, json.ValueKind)
        {
            case (IndexedValueType.Keyword or IndexedValueType.Text, JsonValueKind.String):
                value = json.GetString();
                return true;
            case (IndexedValueType.Int, JsonValueKind.Number) when json.TryGetInt64(out var whole):
                value = whole;
                return true;
            case (IndexedValueType.Double, JsonValueKind.Number):
                value = json.GetDouble();
                return true;
            case (IndexedValueType.Bool, JsonValueKind.True or JsonValueKind.False):
                value = json.GetBoolean() ? 1L : 0L;
                return true;
            case (IndexedValueType.Datetime, JsonValueKind.String) when FilterValue.TryInstant(json.GetString()!, out var instant):
                value = instant;
                return true;
            case (IndexedValueType.KeywordList, JsonValueKind.Array) when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                value = json.GetArrayLength() == 0 ? null : json.EnumerateArray().Select(item => item.GetString()!).ToList();
                return true;
            default:
                return false;
        }
    }

    private static string FormatInstant(long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, 1_000_000_000, out var rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + 1_000_000_000);
        }

        var fraction = rest == 0 ? "" : "." + rest.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + fraction + "Z";
    }

    /// <summary>A value as the server's messages print it.</summary>
    private static string Print(Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue(EncodingKey, out var name) ? name.ToStringUtf8() : null;
        if (encoding == "binary/plain")
        {
            return "[" + string.Join(' ', payload.Data) + "]";
        }

        if (encoding == "json/plain")
        {
            try
            {
                using var document = JsonDocument.Parse(payload.Data.Memory);
                return Print(document.RootElement);
            }
            catch (JsonException)
            {
                // Not JSON after all: shown raw below.
            }
        }

        return $"value from <data:\"{payload.Data.ToStringUtf8()}\">";
    }

    private static string Print(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Array => "[" + string.Join(' ', json.EnumerateArray().Select(Print)) + "]",
        JsonValueKind.Object => "map[" + string.Join(' ', json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Print(p.Value)}")) + "]",
        JsonValueKind.Null => "<nil>",
        _ => json.GetRawText(),
    };
}
