using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Ecosystem.Workflows.Decisions;

/// <summary>The stored inputs of a decision, read from their JSON when they are first asked for: in the thread that evaluates, not in the one that reads the database.</summary>
internal sealed class StoredInputs(string json) : IReadOnlyDictionary<string, object?>
{
    private Dictionary<string, object?>? values;

    public IEnumerable<string> Keys => Values.Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values.Values;

    public int Count => Values.Count;

    private Dictionary<string, object?> Values =>
        values ??= JsonElement.Parse(json).EnumerateObject().ToDictionary(property => property.Name, object? (property) => property.Value, StringComparer.Ordinal);

    public object? this[string key] => Values[key];

    public bool ContainsKey(string key) => Values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => Values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
