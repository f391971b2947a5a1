using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads one section of a ruleset.</summary>
internal sealed class SectionReader(DiagnosticList diagnostics)
{
    public static readonly IReadOnlyList<string> Kinds = ["values", "table", "scorecard", "allocation", "rules"];

    public RulesetSection? Read(YamlMappingNode node, string fallbackPath)
    {
        var head = new MapReader(node, fallbackPath, diagnostics);
        string id = head.RequiredText("id", "id: a-short-name");
        if (id.Length > 0 && !DocumentReader.IsIdentifier(id))
        {
            diagnostics.Error("bad-name", head.At("id"), node, $"'{id}' cannot name a section", "small letters, digits and hyphens");
        }

        var entry = new MapReader(node, $"sections/{id}", diagnostics) { Known = ["id", "title", "each", "keep", .. Kinds] };
        string[] kinds = [.. Kinds.Where(entry.Has)];
        if (kinds.Length != 1)
        {
            diagnostics.Error("section-kind", entry.Path, node,
                kinds.Length == 0 ? "The section does nothing" : $"The section has {string.Join(" and ", kinds)}; it can be only one of them",
                "exactly one of values, table, scorecard, allocation, rules");
            return null;
        }

        string? title = entry.Text("title");
        RulesetIteration? each = entry.Source("each") is { } text ? Iteration(text, entry.At("each")) : null;
        IReadOnlyList<KeyValuePair<string, RulesetSourceText>> keep = entry.Sources("keep");
        RulesetSection? section = ReadBody(kinds[0], id, entry, entry.Path);
        entry.CloseExcept("id");
        if (section is null)
        {
            return null;
        }

        if (each is not null && section is not (TableSection or ScorecardSection))
        {
            diagnostics.Error("each-not-here", entry.At("each"), node, "'each' is for tables and scorecards", "use 'match' in rules, 'over' in an allocation, 'for … return' in values");
        }

        if (keep.Count > 0 && each is null)
        {
            diagnostics.Error("keep-not-here", entry.At("keep"), node, "'keep' needs 'each'");
        }

        if (each is not null && section is TableSection { Into: null })
        {
            diagnostics.Error("missing-key", entry.Path, node, "A table that runs for each element needs a name for its results", "into: results");
        }

        section = section with { Title = title, Each = each, Line = entry.Line, Column = entry.Column };
        return keep.Count > 0 ? section with { Keep = keep } : section;
    }

    public RulesetSection? ReadBody(string kind, string id, MapReader entry, string path)
    {
        string inner = path.Length == 0 ? kind : path;
        switch (kind)
        {
            case "values":
                return new ValuesSection(id, Named(entry.Sources("values"), inner, entry));
            case "rules":
                return new RulesReader(diagnostics).Read(id, entry.List("rules"), inner);
            default:
                YamlNode node = entry.Take(kind)!;
                if (MapReader.MapOf(node, inner, diagnostics) is not { } map)
                {
                    return null;
                }

                return kind switch
                {
                    "table" => new TableReader(diagnostics).Read(id, map),
                    "scorecard" => new ScorecardReader(diagnostics).Read(id, map),
                    _ => ReadAllocation(id, map),
                };
        }
    }

    internal RulesetIteration Iteration(RulesetSourceText text, string path)
    {
        int at = text.Text.IndexOf(" in ", StringComparison.Ordinal);
        string name = at > 0 ? text.Text[..at].Trim() : "";
        if (!TypeReader.IsName(name))
        {
            diagnostics.Error("bad-iteration", path, text.Line, text.Column, $"'{text.Text}' does not name the elements of a list", "party in parties");
            return new RulesetIteration("element", new RulesetSourceText("[]", text.Line, text.Column));
        }

        return new RulesetIteration(name, new RulesetSourceText(text.Text[(at + 4)..].Trim(), text.Line, text.Column + at + 4));
    }

    private IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Named(
        IReadOnlyList<KeyValuePair<string, RulesetSourceText>> values, string path, MapReader entry)
    {
        foreach ((string name, _) in values)
        {
            if (!TypeReader.IsName(name))
            {
                diagnostics.Error("bad-name", $"{path}/{name}", entry.Node, $"'{name}' cannot be used in expressions", "letters, digits and _ only, starting with a letter");
            }
        }

        return values;
    }

    private AllocationSection ReadAllocation(string id, MapReader map)
    {
        RulesetSourceText over = map.RequiredSource("over", "over: party in parties");
        RulesetSourceText list = over;
        RulesetIteration iteration = map.Text("as") is { } name && TypeReader.IsName(name)
            ? new RulesetIteration(name, list)
            : Iteration(over, map.At("over"));
        string zero = map.Text("zero") ?? "error";
        if (zero is not ("error" or "equal" or "first"))
        {
            diagnostics.Error("not-allowed", map.At("zero"), map.Node, $"'zero' cannot be '{zero}'", "one of error, equal, first");
        }

        decimal unit = map.Number("unit") ?? 0.01m;
        if (unit <= 0)
        {
            diagnostics.Error("out-of-range", map.At("unit"), map.Node, "The smallest unit of money has to be more than zero", "unit: 0.01");
            unit = 0.01m;
        }

        var section = new AllocationSection(id, iteration, map.RequiredSource("key", "key: party.partner"), map.RequiredSource("weight", "weight: party.points"))
        {
            Into = Name(map, "into", "shares"),
            Floor = map.Source("floor"),
            Cap = map.Source("cap"),
            Amount = map.Source("amount"),
            Unit = unit,
            Decimals = map.Whole("decimals", 2, 0, 10),
            Zero = zero,
            Because = map.Source("because"),
            Keep = map.Sources("keep"),
        };
        map.CloseExcept("into", "over", "as", "key", "weight", "floor", "cap", "amount", "unit", "decimals", "zero", "because", "keep");
        return section;
    }

    private string Name(MapReader map, string key, string otherwise)
    {
        string name = map.Text(key) ?? otherwise;
        if (!TypeReader.IsName(name))
        {
            diagnostics.Error("bad-name", map.At(key), map.Node, $"'{name}' cannot be used in expressions", "letters, digits and _ only, starting with a letter");
        }

        return name;
    }
}
