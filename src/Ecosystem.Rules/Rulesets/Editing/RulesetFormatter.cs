using System.Text;
using Ecosystem.Rules.Rulesets.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// Writes a ruleset in the one layout: keys in the order of the format, two spaces, a row on a line. Comments stay with the line they
/// belong to. Formatting twice changes nothing, and a formatted text says what the original said.
/// </summary>
public static class RulesetFormatter
{
    private static readonly string[] RootOrder =
    [
        "name", "title", "description", "owner", "version", "effective", "types", "inputs", "outputs", "sections",
        "values", "rules", "table", "scorecard", "allocation", "testDefaults", "tests",
    ];

    /// <summary>Formats a text.</summary>
    /// <param name="yaml">The YAML text.</param>
    /// <param name="source">Name of the file or other source, for messages.</param>
    /// <returns>The formatted text, ending with a line end.</returns>
    /// <exception cref="RulesetException">It is not valid YAML, or nothing in it belongs to a ruleset.</exception>
    public static string Format(string yaml, string? source = null)
    {
        var diagnostics = new Documents.DiagnosticList();
        if (YamlText.Load(yaml, diagnostics) is not { } root)
        {
            throw new RulesetException(source, diagnostics.Items);
        }

        if (!root.Children.Any(c => RootOrder.Contains(YamlData.Key(c.Key))))
        {
            diagnostics.Error("not-a-ruleset", "", 1, 1, "None of its keys belongs to a ruleset", "name: my-ruleset");
            throw new RulesetException(source, diagnostics.Items);
        }

        return new Writer(YamlComments.Read(yaml, root)).Write(root);
    }

    private sealed class Writer(YamlComments comments)
    {
        private readonly StringBuilder _text = new();

        public string Write(YamlMappingNode root)
        {
            var keys = root.Children.OrderBy(c => Rank(YamlData.Key(c.Key))).ToArray();
            bool first = true;
            foreach ((YamlNode key, YamlNode value) in keys)
            {
                bool block = value is not YamlScalarNode;
                if (!first && block)
                {
                    _text.Append('\n');
                }

                Entry(key, value, 0);
                first = false;
            }

            foreach (string comment in comments.Rest())
            {
                _text.Append(comment).Append('\n');
            }

            return _text.ToString();
        }

        private static int Rank(string key)
        {
            int at = Array.IndexOf(RootOrder, key);
            return at < 0 ? RootOrder.Length : at;
        }

        private void Entry(YamlNode key, YamlNode value, int indent)
        {
            Before(key, indent);
            _text.Append(' ', indent).Append(YamlScalarText.Write((YamlScalarNode)key, flow: false)).Append(':');
            Value(value, indent, OneLine(value, indent));
        }

        private void Value(YamlNode value, int indent, bool oneLine)
        {
            if (oneLine)
            {
                _text.Append(' ').Append(YamlFlow.Write(value));
                Line(value);
                return;
            }

            if (value is YamlScalarNode scalar)
            {
                _text.Append(YamlScalarText.Block(scalar, indent + 2));
                Line(value, written: true);
                return;
            }

            _text.Append(comments.Inline(value)).Append('\n');
            if (value is YamlMappingNode map)
            {
                foreach ((YamlNode key, YamlNode inner) in map.Children)
                {
                    Entry(key, inner, indent + 2);
                }
            }
            else if (value is YamlSequenceNode list)
            {
                bool spaced = list.Children.Any(c => c is YamlMappingNode m && m.Children.Count > 0 && !OneLine(c, indent + 4)) && list.Children.Any(c => c is YamlMappingNode m && m.Children.ContainsKey(new YamlScalarNode("id")) && Kinds(m));
                for (int i = 0; i < list.Children.Count; i++)
                {
                    if (spaced && i > 0)
                    {
                        _text.Append('\n');
                    }

                    Item(list.Children[i], indent + 2);
                }
            }
        }

        private static bool Kinds(YamlMappingNode section) => SectionReader.Kinds.Any(k => section.Children.ContainsKey(new YamlScalarNode(k)));

        private void Item(YamlNode item, int indent)
        {
            Before(item, indent);
            _text.Append(' ', indent).Append('-');
            if (item is YamlMappingNode map && !OneLine(item, indent + 2))
            {
                bool first = true;
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    if (first)
                    {
                        _text.Append(' ').Append(YamlScalarText.Write((YamlScalarNode)key, flow: false)).Append(':');
                        Value(value, indent + 2, OneLine(value, indent + 2));
                        first = false;
                    }
                    else
                    {
                        Entry(key, value, indent + 2);
                    }
                }
            }
            else
            {
                Value(item, indent, OneLine(item, indent));
            }
        }

        /// <summary>A mapping or list stays on one line when the author wrote it so; comments within keep it apart.</summary>
        private bool OneLine(YamlNode node, int indent) => node switch
        {
            YamlScalarNode scalar => scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded) && !(scalar.Value ?? "").Contains('\n', StringComparison.Ordinal) && indent >= 0,
            YamlMappingNode { Style: YamlDotNet.Core.Events.MappingStyle.Flow } or YamlMappingNode { Children.Count: 0 } => !comments.Within(node),
            YamlSequenceNode { Style: YamlDotNet.Core.Events.SequenceStyle.Flow } or YamlSequenceNode { Children.Count: 0 } => !comments.Within(node),
            _ => false,
        };

        private void Before(YamlNode node, int indent)
        {
            foreach (string comment in comments.Before(node))
            {
                _text.Append(' ', comment.Length == 0 ? 0 : indent).Append(comment).Append('\n');
            }
        }

        private void Line(YamlNode value, bool written = false)
        {
            _text.Append(comments.Inline(value));
            if (!written || _text[^1] != '\n')
            {
                _text.Append('\n');
            }
        }
    }
}
