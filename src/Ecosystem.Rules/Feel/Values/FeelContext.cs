using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Feel;

/// <summary>A FEEL context: named entries in order; read from outside as a dictionary of CLR values.</summary>
internal abstract class FeelContext() : FeelObject(FeelKind.Context), IReadOnlyDictionary<string, object?>
{
    public abstract IEnumerable<string> Keys { get; }

    public abstract int Count { get; }

    public IEnumerable<object?> Values => Keys.Select(k => this[k]);

    public object? this[string key] => TryGet(key, out var value) ? FeelBoundary.ToClr(value) : throw new KeyNotFoundException($"No entry '{key}'.");

    public abstract bool TryGet(string key, out FeelValue value);

    public bool ContainsKey(string key) => TryGet(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = TryGet(key, out var entry);
        value = found ? FeelBoundary.ToClr(entry) : null;
        return found;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Keys.Select(k => new KeyValuePair<string, object?>(k, this[k])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => FeelText.Literal(FeelValue.Of(this));
}

/// <summary>Entries held as arrays, with a hashed index once there are many.</summary>
internal sealed class FeelRecord : FeelContext
{
    public static readonly FeelRecord Empty = new([], []);
    private const int IndexFrom = 9;
    private readonly string[] _keys;
    private readonly FeelValue[] _values;
    private readonly Dictionary<string, int>? _index;

    public FeelRecord(string[] keys, FeelValue[] values)
    {
        _keys = keys;
        _values = values;
        (Weight, Height) = FeelSize.Of(values).Around();
        if (keys.Length >= IndexFrom)
        {
            _index = new Dictionary<string, int>(keys.Length, StringComparer.Ordinal);
            for (var i = 0; i < keys.Length; i++)
            {
                _index[keys[i]] = i;
            }
        }
    }

    public override IEnumerable<string> Keys => _keys;

    public override int Count => _keys.Length;

    internal override long Weight { get; }

    internal override int Height { get; }

    public static FeelRecord From(IReadOnlyCollection<KeyValuePair<string, FeelValue>> entries) =>
        new([.. entries.Select(e => e.Key)], [.. entries.Select(e => e.Value)]);

    public override bool TryGet(string key, out FeelValue value)
    {
        if (_index is not null)
        {
            var found = _index.TryGetValue(key, out var at);
            value = found ? _values[at] : FeelValue.Null;
            return found;
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (string.Equals(_keys[i], key, StringComparison.Ordinal))
            {
                value = _values[i];
                return true;
            }
        }

        value = FeelValue.Null;
        return false;
    }
}

/// <summary>Entries of a CLR dictionary handed in, converted when they are read.</summary>
internal sealed class FeelClrContext(IReadOnlyDictionary<string, object?> entries) : FeelContext
{
    public override IEnumerable<string> Keys => entries.Keys;

    public override int Count => entries.Count;

    internal override long Weight => entries.Count + 1;

    internal override int Height => 1;

    public override bool TryGet(string key, out FeelValue value)
    {
        var found = entries.TryGetValue(key, out var raw);
        value = found ? FeelBoundary.FromClr(raw) : FeelValue.Null;
        return found;
    }
}
