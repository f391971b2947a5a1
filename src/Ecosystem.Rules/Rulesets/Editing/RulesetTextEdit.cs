using System.Globalization;
using Ecosystem.Rules.Rulesets.Documents;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// Changes one cell, row or date in the text of a ruleset and leaves every other character as it is: layout, comments, order. The result
/// may have mistakes (a cell that is not FEEL); read it to find them.
/// </summary>
public static partial class RulesetTextEdit
{
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal) { "because", "title", "description", "owner" };

    private static readonly string[] Bodies = ["table", "scorecard", "allocation", "values"];

    /// <summary>Sets a cell.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="path">
    /// The cell: <c>version</c>, <c>effective/from</c>, <c>sections/SECTION/rows/ROW/COLUMN</c>, <c>sections/SECTION/CATEGORY/METRIC/points</c>,
    /// <c>sections/SECTION/CATEGORY/METRIC/steps/THRESHOLD</c> (its points), <c>sections/SECTION/CATEGORY/METRIC/thresholds/THRESHOLD</c> (itself),
    /// <c>sections/SECTION/bands/BAND/from</c>, <c>sections/SECTION/VALUE</c> and the like.
    /// </param>
    /// <param name="value">What the cell says from now on, as FEEL or text; empty to accept or give anything.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">The text is not YAML, or there is no such place (<c>no-such-cell</c>).</exception>
    public static string Set(string yaml, string path, string? value)
    {
        YamlMappingNode root = Load(yaml);
        string[] steps = path.Split('/');
        if (Find(root, steps[..^1]) is not { } owner)
        {
            throw Missing(path);
        }

        string key = steps[^1];
        if (steps is [.., "thresholds", _])
        {
            return Rename(yaml, owner, path, key, value?.Trim() ?? "");
        }

        bool flow = owner.Style == YamlDotNet.Core.Events.MappingStyle.Flow;
        string written = Write(key, value?.Trim() ?? "", flow);
        foreach ((YamlNode name, YamlNode node) in owner.Children)
        {
            if (YamlData.Key(name) == key)
            {
                return node is YamlScalarNode ? Replace(yaml, node, written) : throw Missing(path);
            }
        }

        return string.IsNullOrWhiteSpace(value) ? yaml : Insert(yaml, owner, key, written, flow);
    }

    /// <summary>Repeats a row under a new id, right after the original.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the table.</param>
    /// <param name="row">Id of the row to repeat.</param>
    /// <param name="newRow">Id of the new row; small letters, digits and hyphens.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">There is no such row.</exception>
    public static string RepeatRow(string yaml, string section, string row, string newRow)
    {
        string path = $"sections/{section}/rows/{row}";
        YamlMappingNode node = Find(Load(yaml), path.Split('/')) ?? throw Missing(path);
        (int from, int to) = Lines(yaml, node);
        string[] lines = yaml.Split('\n');
        YamlNode id = node.Children.First(c => YamlData.Key(c.Key) == "id").Value;
        string changed = Replace(yaml, id, YamlScalarText.Quote(newRow, flow: true));
        string[] copy = changed.Split('\n')[from..to];
        return string.Join('\n', [.. lines[..to], .. copy, .. lines[to..]]);
    }

    /// <summary>Takes a row away.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the table.</param>
    /// <param name="row">Id of the row.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">There is no such row.</exception>
    public static string RemoveRow(string yaml, string section, string row)
    {
        string path = $"sections/{section}/rows/{row}";
        (int from, int to) = Lines(yaml, Find(Load(yaml), path.Split('/')) ?? throw Missing(path));
        string[] lines = yaml.Split('\n');
        return string.Join('\n', [.. lines[..from], .. lines[to..]]);
    }

    /// <summary>Puts a row one place up or down; comments right above it go with it.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the table.</param>
    /// <param name="row">Id of the row.</param>
    /// <param name="up">True to change places with the row above, false with the one below.</param>
    /// <returns>The changed text; the same when there is no row to change places with.</returns>
    /// <exception cref="RulesetException">There is no such row, or the rows do not stand on lines of their own (<c>rows-on-one-line</c>).</exception>
    public static string MoveRow(string yaml, string section, string row, bool up)
    {
        YamlMappingNode root = Load(yaml);
        string path = $"sections/{section}/rows/{row}";
        YamlMappingNode moved = Find(root, path.Split('/')) ?? throw Missing(path);
        var rows = (YamlSequenceNode)Child(Find(root, ["sections", section])!, "rows")!;
        int at = rows.Children.IndexOf(moved), other = up ? at - 1 : at + 1;
        if (other < 0 || other >= rows.Children.Count)
        {
            return yaml;
        }

        if (rows.Style == YamlDotNet.Core.Events.SequenceStyle.Flow)
        {
            throw new RulesetException("ruleset", [new RulesetDiagnostic(RulesetSeverity.Error, "rows-on-one-line", path, (int)moved.Start.Line, 0, "The rows of this table stand on one line", "put each row on a line of its own, or change the whole text")]);
        }

        string[] lines = yaml.Split('\n');
        (int first, int middle) = Commented(lines, Lines(yaml, rows.Children[Math.Min(at, other)]));
        (int second, int end) = Commented(lines, Lines(yaml, rows.Children[Math.Max(at, other)]));
        return string.Join('\n', [.. lines[..first], .. lines[second..end], .. lines[middle..second], .. lines[first..middle], .. lines[end..]]);
    }

    /// <summary>The lines of a row with the comments right above it.</summary>
    private static (int From, int To) Commented(string[] lines, (int From, int To) row)
    {
        int from = row.From;
        while (from > 0 && lines[from - 1].TrimStart().StartsWith('#'))
        {
            from--;
        }

        return (from, row.To);
    }

    private static YamlMappingNode Load(string yaml)
    {
        var diagnostics = new DiagnosticList();
        return YamlText.Load(yaml, diagnostics) ?? throw new RulesetException("ruleset", diagnostics.Items);
    }

    private static RulesetException Missing(string path) =>
        new("ruleset", [new RulesetDiagnostic(RulesetSeverity.Error, "no-such-cell", path, 0, 0, $"There is no cell '{path}' that can be set", "sections/SECTION/rows/ROW/COLUMN")]);

    /// <summary>The mapping at a place; sections, rows, categories, metrics and bands are found by their ids.</summary>
    private static YamlMappingNode? Find(YamlMappingNode root, string[] steps)
    {
        if (steps.Length == 0)
        {
            return root;
        }

        if (steps[0] != "sections")
        {
            return steps.Length == 1 ? Child(root, steps[0]) as YamlMappingNode : null;
        }

        if (steps.Length < 2 || Item(Child(root, "sections"), steps[1]) is not { } section)
        {
            return null;
        }

        YamlMappingNode body = Bodies.Select(kind => Child(section, kind)).OfType<YamlMappingNode>().FirstOrDefault() ?? section;
        return steps[2..] switch
        {
            [] => body,
            ["rows" or "bands", var id] => Item(Child(body, steps[2]), id),
            ["defaults"] => Child(body, "defaults") as YamlMappingNode,
            [var category] => Item(Child(body, "categories"), category) ?? Item(Child(section, "rules"), category),
            [var category, var metric] => Metric(category, metric),
            [var category, var metric, "steps" or "thresholds"] => Metric(category, metric) is { } found ? Child(found, "steps") as YamlMappingNode : null,
            _ => null,
        };

        YamlMappingNode? Metric(string category, string metric) =>
            Item(Item(Child(body, "categories"), category) is { } owner ? Child(owner, "metrics") : null, metric);
    }

    private static YamlNode? Child(YamlMappingNode map, string key) => map.Children.FirstOrDefault(c => YamlData.Key(c.Key) == key).Value;

    private static YamlMappingNode? Item(YamlNode? list, string id) => (list as YamlSequenceNode)?.Children.OfType<YamlMappingNode>()
        .FirstOrDefault(item => Child(item, "id") is YamlScalarNode named && named.Value == id);

    private static string Write(string key, string value, bool flow)
    {
        if (value.Length == 0)
        {
            return Texts.Contains(key) ? "\"\"" : "\"-\"";
        }

        return !Texts.Contains(key) && (value is "true" or "false" or "null" || YamlData.TryNumber(value, out _)) ? value : YamlScalarText.Quote(value, flow);
    }

    private static string Replace(string yaml, YamlNode node, string written) =>
        string.Concat(yaml.AsSpan(0, (int)node.Start.Index), written, yaml.AsSpan(EndOf(yaml, node)));

    private static string Insert(string yaml, YamlMappingNode owner, string key, string written, bool flow)
    {
        // Reasons stand last; everything else comes before them.
        YamlNode? reason = owner.Children.Keys.FirstOrDefault(k => YamlData.Key(k) == "because");
        if (flow)
        {
            if (reason is not null && key != "because")
            {
                return yaml.Insert((int)reason.Start.Index, $"{key}: {written}, ");
            }

            int end = owner.Children.Count == 0 ? (int)owner.Start.Index + 1 : EndOf(yaml, owner.Children.Values.Last());
            return yaml.Insert(end, owner.Children.Count == 0 ? $" {key}: {written}" : $", {key}: {written}");
        }

        YamlNode first = owner.Children.Keys.First();
        int line = yaml.IndexOf('\n', (int)owner.Children[first].Start.Index);
        string entry = string.Create(CultureInfo.InvariantCulture, $"\n{new string(' ', (int)first.Start.Column - 1)}{key}: {written}");
        return line < 0 ? yaml + entry : yaml.Insert(line, entry);
    }

    /// <summary>First line of an element of a list and the line after its last, from 0.</summary>
    private static (int From, int To) Lines(string yaml, YamlNode node) => ((int)node.Start.Line - 1, LastLine(yaml, node));

    private static int LastLine(string yaml, YamlNode node) => yaml.AsSpan(0, EndOf(yaml, node)).Count('\n') + 1;

    /// <summary>Where a node ends in the text. The parser knows this of scalars only.</summary>
    private static int EndOf(string yaml, YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            int end = (int)node.End.Index;
            while (end > (int)node.Start.Index && char.IsWhiteSpace(yaml[end - 1]))
            {
                end--;
            }

            return end;
        }

        (YamlNode? last, char? closing) = node switch
        {
            YamlMappingNode map => (map.Children.Values.LastOrDefault(), map.Style == YamlDotNet.Core.Events.MappingStyle.Flow ? '}' : default(char?)),
            YamlSequenceNode list => (list.Children.LastOrDefault(), list.Style == YamlDotNet.Core.Events.SequenceStyle.Flow ? ']' : default(char?)),
            _ => (null, null),
        };
        int at = last is null ? (int)node.Start.Index : EndOf(yaml, last);
        while (closing is { } mark && yaml[at] != mark)
        {
            at = yaml[at] == '#' ? yaml.IndexOf('\n', at) : at + 1;
        }

        return closing is null ? at : at + 1;
    }
}
