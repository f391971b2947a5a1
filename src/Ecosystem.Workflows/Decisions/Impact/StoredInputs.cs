using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Ecosystem.Workflows.Decisions;

/// <summary>The stored inputs of a decision, read from their JSON when they are first asked for: in the thread that evaluates, not in the one that reads the database.</summary>
internal sealed class StoredInputs(string json) : IReadOnlyDictionary<string, object?>
{
    private Dictionary<string, object?>? values;

    public IEnumerable<string> Keys => Values.Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values.Values;

    public int Count => Values.Count;

    private Dictionary<string, object?> Values => values ??= Read(json);

    public object? this[string key] => Values[key];

    public bool ContainsKey(string key) => Values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => Values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads without a document in between: a million of them would cost more than the decisions.</summary>
    private static Dictionary<string, object?> Read(string json)
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, Encoding.UTF8.GetBytes(json, buffer)));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                found[name] = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    JsonTokenType.Null => null,
                    _ => JsonElement.ParseValue(ref reader),
                };
            }

            return found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
