using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads the keys of one YAML mapping; what is missing, of the wrong kind or unknown becomes a finding with its place.</summary>
internal sealed class MapReader
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly DiagnosticList _diagnostics;

    public MapReader(YamlMappingNode node, string path, DiagnosticList diagnostics)
    {
        Node = node;
        Path = path;
        _diagnostics = diagnostics;
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            _entries[YamlData.Key(key)] = (key, value);
        }
    }

    public YamlMappingNode Node { get; }

    public string Path { get; }

    public int Line => (int)Node.Start.Line;

    public int Column => (int)Node.Start.Column;

    public IEnumerable<string> Keys => _entries.Keys;

    public bool Has(string key) => _entries.ContainsKey(key);

    public string At(string key) => Path.Length == 0 ? key : $"{Path}/{key}";

    public YamlNode? Take(string key)
    {
        if (!_entries.TryGetValue(key, out (YamlNode Key, YamlNode Value) entry))
        {
            return null;
        }

        _read.Add(key);
        return entry.Value;
    }

    public YamlNode? Required(string key, string fix)
    {
        YamlNode? node = Take(key);
        if (node is null)
        {
            _diagnostics.Error("missing-key", Path, Node, $"'{key}' is missing", fix);
        }

        return node;
    }

    public string? Text(string key) => Take(key) is { } node ? TextOf(node, key) : null;

    public string RequiredText(string key, string fix) => Required(key, fix) is { } node ? TextOf(node, key) ?? "" : "";

    public RulesetSourceText? Source(string key) => Take(key) is { } node ? SourceOf(node, At(key), _diagnostics) : null;

    public RulesetSourceText RequiredSource(string key, string fix) =>
        (Required(key, fix) is { } node ? SourceOf(node, At(key), _diagnostics) : null) ?? new RulesetSourceText("null", Line, Column);

    public decimal? Number(string key)
    {
        if (Take(key) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode scalar && YamlData.TryNumber(scalar.Value, out decimal number))
        {
            return number;
        }

        _diagnostics.Error("not-a-number", At(key), node, $"'{key}' has to be a number", $"{key}: 1");
        return null;
    }

    public int Whole(string key, int otherwise, int minimum, int maximum)
    {
        if (Number(key) is not { } number)
        {
            return otherwise;
        }

        if (number == decimal.Truncate(number) && number >= minimum && number <= maximum)
        {
            return (int)number;
        }

        _diagnostics.Error("out-of-range", At(key), _entries[key].Value, $"'{key}' has to be a whole number from {minimum} to {maximum}");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Take(key) is not { } node)
        {
            return otherwise;
        }

        if (YamlData.Value(node) is bool flag)
        {
            return flag;
        }

        _diagnostics.Error("not-a-flag", At(key), node, $"'{key}' has to be true or false");
        return otherwise;
    }

    public DateOnly? Date(string key)
    {
        if (Take(key) is not { } node || YamlData.IsNull(node))
        {
            return null;
        }

        if (node is YamlScalarNode scalar && DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }

        _diagnostics.Error("not-a-date", At(key), node, $"'{key}' has to be a date", $"{key}: 2026-01-31");
        return null;
    }

    public MapReader? Map(string key) => Take(key) is { } node ? MapOf(node, At(key), _diagnostics) : null;

    public IReadOnlyList<YamlNode> List(string key)
    {
        if (Take(key) is not { } node)
        {
            return [];
        }

        if (node is YamlSequenceNode list)
        {
            return [.. list.Children];
        }

        _diagnostics.Error("not-a-list", At(key), node, $"'{key}' has to be a list");
        return [];
    }

    public IReadOnlyList<string> Texts(string key) =>
        [.. List(key).Select(node => node is YamlScalarNode { Value: { } text } ? text : null).OfType<string>()];

    public IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Sources(string key)
    {
        var result = new List<KeyValuePair<string, RulesetSourceText>>();
        if (Map(key) is { } map)
        {
            foreach (string name in map.Keys)
            {
                if (map.Source(name) is { } text)
                {
                    result.Add(new(name, text));
                }
            }
        }

        return result;
    }

    /// <summary>Reports every key that nothing asked for.</summary>
    public void Close()
    {
        foreach ((string key, (YamlNode node, _)) in _entries)
        {
            if (!_read.Contains(key))
            {
                IEnumerable<string> known = Known.Where(k => !_entries.ContainsKey(k));
                string? fix = key.Contains(' ', StringComparison.Ordinal) ? "a text with a comma needs quotes" : Suggestion.For(key, known);
                _diagnostics.Error("unknown-key", At(key), node, $"'{key}' is not known here", fix);
            }
        }
    }

    /// <summary>Reports every key that is not one of these.</summary>
    public void CloseExcept(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            _read.Add(key);
        }

        Close();
    }

    /// <summary>The keys that may be written here, for suggestions.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    public static MapReader? MapOf(YamlNode node, string path, DiagnosticList diagnostics, params string[] known)
    {
        if (node is YamlMappingNode map)
        {
            return new MapReader(map, path, diagnostics) { Known = known };
        }

        diagnostics.Error("not-a-mapping", path, node, "This has to be a mapping (key: value)");
        return null;
    }

    /// <summary>Path of an element of a list: by its id where it has one, else by its number.</summary>
    public static string Child(string path, YamlNode node, int index, string key = "id") =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? id) && id is YamlScalarNode { Value.Length: > 0 } name
            ? $"{path}/{name.Value}"
            : string.Create(CultureInfo.InvariantCulture, $"{path}/{index + 1}");

    public static RulesetSourceText? SourceOf(YamlNode node, string path, DiagnosticList diagnostics)
    {
        if (node is not YamlScalarNode scalar)
        {
            diagnostics.Error("not-a-text", path, node, "This has to be an expression");
            return null;
        }

        (int line, int column) = ((int)node.Start.Line, (int)node.Start.Column);
        (line, column) = scalar.Style switch
        {
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => (line, column + 1),
            ScalarStyle.Literal or ScalarStyle.Folded => (line + 1, column),
            _ => (line, column),
        };
        string text = scalar.Value ?? "";
        return new RulesetSourceText(text.Length == 0 && YamlData.IsPlain(scalar) ? "null" : text.TrimEnd('\n'), line, column);
    }

    private string? TextOf(YamlNode node, string key)
    {
        if (node is YamlScalarNode scalar)
        {
            return YamlData.IsNull(node) ? null : scalar.Value?.TrimEnd('\n');
        }

        _diagnostics.Error("not-a-text", At(key), node, $"'{key}' has to be a text");
        return null;
    }
}
