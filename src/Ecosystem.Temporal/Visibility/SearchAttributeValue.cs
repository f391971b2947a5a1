using System.Text.Json;

namespace Ecosystem.Temporal.Visibility;

/// <summary>Reads search attributes' payloads: JSON, with single values in a list taken as themselves.</summary>
internal static class SearchAttributeValue
{
    /// <summary>
    /// The value: <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="DateTimeOffset"/>, a list of
    /// strings, or null for none.
    /// </summary>
    public static bool TryRead(Payload payload, IndexedValueType type, out object? value)
    {
        value = null;
        if (payload.Data.IsEmpty)
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            var element = json.RootElement;
            if (element.ValueKind == JsonValueKind.Array && type != IndexedValueType.KeywordList)
            {
                if (element.GetArrayLength() == 0)
                {
                    return true;
                }

                if (element.GetArrayLength() > 1)
                {
                    return false;
                }

                element = element[0];
            }

            if (element.ValueKind == JsonValueKind.Null)
            {
                return true;
            }

            value = Read(element, type);
            return value is not null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static object? Read(JsonElement element, IndexedValueType type) => type switch
    {
        IndexedValueType.Text or IndexedValueType.Keyword => element.ValueKind == JsonValueKind.String ? element.GetString() : null,
        IndexedValueType.Int => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null,
        IndexedValueType.Double => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : null,
        IndexedValueType.Bool => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null,
        IndexedValueType.Datetime => element.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(element.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : null,
        IndexedValueType.KeywordList => element.ValueKind switch
        {
            JsonValueKind.String => (List<string>)[element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException()).ToList(),
            _ => null,
        },
        _ => null,
    };
}
