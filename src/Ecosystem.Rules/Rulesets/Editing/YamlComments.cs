using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>The comments of a YAML text: those on a line of their own belong to what follows, the others to their line.</summary>
internal sealed class YamlComments
{
    private readonly SortedDictionary<int, string> _own = [];
    private readonly Dictionary<int, string> _inline = [];
    private readonly List<int> _starts = [];

    public static YamlComments Read(string yaml, YamlNode root)
    {
        var comments = new YamlComments();
        comments.Survey(root);
        using var reader = new StringReader(yaml);
        var scanner = new Scanner(reader, skipComments: false);
        string[] lines = yaml.Split('\n');
        while (scanner.MoveNext())
        {
            if (scanner.Current is Comment comment)
            {
                int line = (int)comment.Start.Line;
                bool own = line <= lines.Length && lines[line - 1].TrimStart().StartsWith('#');
                string text = comment.Value.Length == 0 ? "#" : $"# {comment.Value.Trim()}";
                if (own)
                {
                    comments._own[line] = text;
                }
                else
                {
                    comments._inline[line] = text;
                }
            }
        }

        return comments;
    }

    /// <summary>Takes the comments on lines of their own that stand directly above a node, wherever the node is written.</summary>
    public IReadOnlyList<string> Before(YamlNode node)
    {
        int start = (int)node.Start.Line;
        int[] lines = [.. _own.Keys.Where(l => l < start && !_starts.Exists(s => s > l && s < start))];
        string[] texts = [.. lines.Select(l => _own[l])];
        foreach (int line in lines)
        {
            _own.Remove(line);
        }

        return texts;
    }

    /// <summary>Takes the comment at the end of the node's first line.</summary>
    public string Inline(YamlNode node)
    {
        int last = node is YamlScalarNode ? (int)node.End.Line : (int)node.Start.Line;
        foreach (int line in new[] { (int)node.Start.Line, last })
        {
            if (_inline.Remove(line, out string? text))
            {
                return $" {text}";
            }
        }

        // A block starts on the line after its key; the key's comment is on the line before.
        return node is not YamlScalarNode && _inline.Remove((int)node.Start.Line - 1, out string? above) ? $" {above}" : "";
    }

    /// <summary>Whether comments stand inside a node of several lines.</summary>
    public bool Within(YamlNode node) =>
        _own.Keys.Any(l => l > node.Start.Line && l <= node.End.Line) || _inline.Keys.Any(l => l >= node.Start.Line && l < node.End.Line);

    /// <summary>Notes the lines on which keys and elements begin.</summary>
    private void Survey(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    _starts.Add((int)key.Start.Line);
                    Survey(value);
                }

                break;
            case YamlSequenceNode list:
                foreach (YamlNode element in list.Children)
                {
                    _starts.Add((int)element.Start.Line);
                    Survey(element);
                }

                break;
        }
    }

    /// <summary>Takes what is left.</summary>
    public IReadOnlyList<string> Rest()
    {
        string[] rest = [.. _own.Values, .. _inline.Values];
        _own.Clear();
        _inline.Clear();
        return rest;
    }
}
