using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads a decision table.</summary>
internal sealed class TableReader(DiagnosticList diagnostics)
{
    private const int MostRows = 20_000;
    private static readonly string[] HitPolicies =
    [
        "unique", "any", "priority", "first", "rule order", "output order", "collect", "collect sum", "collect min", "collect max", "collect count",
    ];

    public TableSection Read(string id, MapReader map)
    {
        string hit = map.Text("hit") ?? "unique";
        if (!HitPolicies.Contains(hit, StringComparer.Ordinal))
        {
            diagnostics.Error("not-allowed", map.At("hit"), map.Node, $"'{hit}' is not a hit policy", $"one of {string.Join(", ", HitPolicies)}");
            hit = "unique";
        }

        List<KeyValuePair<string, RulesetSourceText>> inputs = ReadInputs(map);
        (List<string> outputs, Dictionary<string, IReadOnlyList<string>> values) = ReadOutputs(map);
        foreach (string output in outputs.Where(o => inputs.Exists(i => i.Key == o)))
        {
            diagnostics.Error("name-clash", map.At("outputs"), map.Node, $"'{output}' names an input column and an output column", "rename the input column");
        }

        if (hit.StartsWith("collect ", StringComparison.Ordinal) && outputs.Count != 1)
        {
            diagnostics.Error("not-allowed", map.At("hit"), map.Node, $"'{hit}' needs exactly one output column, this table has {outputs.Count}");
        }

        var section = new TableSection(id)
        {
            Hit = hit,
            Inputs = inputs,
            Outputs = outputs,
            OutputValues = values,
            Into = map.Text("into"),
            Defaults = map.Sources("defaults"),
            Rows = ReadRows(map, inputs, outputs),
        };
        foreach ((string name, RulesetSourceText text) in section.Defaults)
        {
            if (!outputs.Contains(name))
            {
                diagnostics.Error("unknown-key", map.At("defaults/" + name), text.Line, text.Column, $"There is no output column '{name}'", Suggestion.For(name, outputs));
            }
        }

        map.CloseExcept("hit", "inputs", "outputs", "into", "defaults", "rows");
        return section;
    }

    private List<KeyValuePair<string, RulesetSourceText>> ReadInputs(MapReader map)
    {
        var inputs = new List<KeyValuePair<string, RulesetSourceText>>();
        switch (map.Take("inputs"))
        {
            case null:
                break;
            case YamlSequenceNode list:
                foreach (YamlNode node in list.Children)
                {
                    if (MapReader.SourceOf(node, map.At("inputs"), diagnostics) is { } text)
                    {
                        inputs.Add(new(text.Text, text));
                    }
                }

                break;
            default:
                inputs.AddRange(map.Sources("inputs"));
                break;
        }

        CheckColumns(inputs.Select(i => i.Key), map.At("inputs"), map);
        return inputs;
    }

    private (List<string> Names, Dictionary<string, IReadOnlyList<string>> Values) ReadOutputs(MapReader map)
    {
        var names = new List<string>();
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        switch (map.Required("outputs", "outputs: [result]"))
        {
            case null:
                break;
            case YamlSequenceNode:
                names.AddRange(map.Texts("outputs"));
                break;
            default:
                if (map.Map("outputs") is { } columns)
                {
                    foreach (string name in columns.Keys)
                    {
                        names.Add(name);
                        values[name] = columns.Texts(name);
                    }
                }

                break;
        }

        if (names.Count == 0)
        {
            diagnostics.Error("no-outputs", map.At("outputs"), map.Node, "The table has no output column", "outputs: [result]");
        }

        CheckColumns(names, map.At("outputs"), map);
        return (names, values);
    }

    private void CheckColumns(IEnumerable<string> names, string path, MapReader map)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (name is "id" or "because" or "note" || !TypeReader.IsName(name))
            {
                diagnostics.Error("bad-name", path, map.Node, $"'{name}' cannot name a column", "write  name: expression");
            }

            if (!seen.Add(name))
            {
                diagnostics.Error("duplicate-id", path, map.Node, $"Two columns are called '{name}'");
            }
        }
    }

    private List<TableSection.TableRow> ReadRows(MapReader map, List<KeyValuePair<string, RulesetSourceText>> inputs, List<string> outputs)
    {
        var rows = new List<TableSection.TableRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode node in map.List("rows"))
        {
            if (rows.Count == MostRows)
            {
                diagnostics.Error("too-many-rows", map.At("rows"), node, $"The table has more than {PlainWords.Number(MostRows)} rows", "divide it among several tables, or give the data as an input list");
                break;
            }

            string path = MapReader.Child($"{map.Path}/rows", node, rows.Count);
            string[] known = ["id", .. inputs.Select(i => i.Key), .. outputs, "because", "note"];
            if (MapReader.MapOf(node, path, diagnostics, known) is not { } entry)
            {
                continue;
            }

            string id = entry.RequiredText("id", "id: a-short-name");
            if (!ids.Add(id))
            {
                diagnostics.Error("duplicate-id", path, node, $"Two rows are called '{id}'", "give one of them another id");
            }

            rows.Add(new TableSection.TableRow(id)
            {
                Tests = Cells(entry, inputs.Select(i => i.Key)),
                Results = Cells(entry, outputs),
                Because = entry.Source("because"),
                Line = entry.Line,
                Column = entry.Column,
            });
            entry.Text("note");
            entry.Close();
        }

        if (rows.Count == 0)
        {
            diagnostics.Error("no-rows", map.At("rows"), map.Node, "The table has no rows");
        }

        return rows;
    }

    private static Dictionary<string, RulesetSourceText> Cells(MapReader entry, IEnumerable<string> columns)
    {
        var cells = new Dictionary<string, RulesetSourceText>(StringComparer.Ordinal);
        foreach (string column in columns)
        {
            if (entry.Source(column) is { } text && text.Text.Trim() != "-")
            {
                cells[column] = text;
            }
        }

        return cells;
    }
}
