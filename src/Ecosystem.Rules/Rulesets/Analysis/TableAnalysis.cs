using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds gaps, overlaps, shadowed and impossible rows of one table.</summary>
internal sealed class TableAnalysis(RulesetDocument document, TableSection section, DecisionTable table, NameScope scope)
{
    private const int MostGaps = 5;
    private const int MostRowsForPairs = 600;
    private readonly TableGrid _grid = new(section, table, scope);
    private readonly DecisionTableDefinition _definition = TableCompiler.Definition(document, section, scope);

    private bool Collects => section.Hit.StartsWith("collect", StringComparison.Ordinal) || section.Hit.EndsWith("order", StringComparison.Ordinal);

    public IEnumerable<RulesetDiagnostic> Find()
    {
        int[] possible = [.. Enumerable.Range(0, _grid.Rows).Where(r => _grid.Impossible(r) is null)];
        return Enumerable.Range(0, _grid.Rows).Except(possible).Select(ImpossibleRow)
            .Concat(Collects ? Duplicates() : Gaps(possible))
            .Concat(section.Hit is "unique" or "any" ? Overlaps(possible) : [])
            .Concat(section.Hit == "first" ? Shadowed(possible) : []);
    }

    private RulesetDiagnostic ImpossibleRow(int row)
    {
        TableGrid.Axis axis = _grid.Impossible(row)!;
        return At(row, RulesetSeverity.Warning, "impossible-row", $"Row '{section.Rows[row].Id}' can never apply: no possible value of '{axis.Name}' fits {section.Rows[row].Tests.GetValueOrDefault(axis.Name)}", "correct the cell or remove the row");
    }

    private IEnumerable<RulesetDiagnostic> Gaps(int[] rows)
    {
        if (section.Defaults.Count > 0)
        {
            yield break;
        }

        IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> gaps = _grid.Uncovered(rows, within: -1, opaqueMatches: true, MostGaps, out bool complete);
        foreach (IReadOnlyList<IReadOnlyList<int>> gap in gaps)
        {
            yield return new RulesetDiagnostic(RulesetSeverity.Warning, "gap", $"sections/{section.Id}", section.Line, section.Column, $"No row applies {_grid.Describe(gap)}",
                section.Hit == "first" ? "add a row for it, or a last row that accepts everything" : "add a row for it, or 'defaults'");
        }

        if (!complete)
        {
            yield return new RulesetDiagnostic(RulesetSeverity.Info, "too-large", $"sections/{section.Id}", section.Line, section.Column, "The table is too large to be searched for gaps in full");
        }
    }

    private IEnumerable<RulesetDiagnostic> Overlaps(int[] rows)
    {
        if (rows.Length > MostRowsForPairs)
        {
            yield break;
        }

        bool plain = _grid.Axes.All(a => a.IsPlain);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                (int a, int b) = (rows[i], rows[j]);
                bool same = SameResults(a, b);
                if ((section.Hit == "any" && same) || _grid.Overlap(a, b) is not { } point)
                {
                    continue;
                }

                string what = same ? "say the same" : "give different results";
                yield return At(b, plain ? RulesetSeverity.Error : RulesetSeverity.Warning, "overlap",
                    $"Rows '{section.Rows[a].Id}' and '{section.Rows[b].Id}' both apply when {_grid.DescribePoint(point)} and {what}",
                    same ? "remove one of them" : $"narrow one of them, or use hit: first with '{section.Rows[a].Id}' before '{section.Rows[b].Id}'");
            }
        }
    }

    private IEnumerable<RulesetDiagnostic> Shadowed(int[] rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (_grid.Uncovered(rows[..i], within: rows[i], opaqueMatches: false, 1, out bool complete).Count > 0 || !complete)
            {
                continue;
            }

            int row = rows[i];
            int[] blame = [.. rows[..i].Where(r => _grid.Overlap(r, row) is not null)];
            string names = string.Join(", ", blame.Select(r => $"'{section.Rows[r].Id}'"));
            yield return At(row, RulesetSeverity.Warning, "shadowed", $"Row '{section.Rows[row].Id}' never applies, because {names} before it already {(blame.Length == 1 ? "takes" : "take")} everything it accepts",
                $"remove it, or move it before {names}");
        }
    }

    private IEnumerable<RulesetDiagnostic> Duplicates()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < _definition.Rows.Count; row++)
        {
            string key = string.Join('\u001f', _definition.Rows[row].Inputs.Concat(_definition.Rows[row].Outputs));
            if (!seen.TryAdd(key, row))
            {
                yield return At(row, RulesetSeverity.Warning, "duplicate", $"Row '{section.Rows[row].Id}' repeats row '{section.Rows[seen[key]].Id}', so its result counts twice", "remove one of them");
            }
        }
    }

    private bool SameResults(int a, int b) => _definition.Rows[a].Outputs.SequenceEqual(_definition.Rows[b].Outputs, StringComparer.Ordinal);

    private RulesetDiagnostic At(int row, RulesetSeverity severity, string code, string message, string fix) =>
        new(severity, code, $"sections/{section.Id}/rows/{section.Rows[row].Id}", section.Rows[row].Line, section.Rows[row].Column, message, fix);
}
