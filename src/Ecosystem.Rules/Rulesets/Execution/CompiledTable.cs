using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="TableSection"/>.</summary>
internal sealed class CompiledTable(
    TableSection section, string path, IReadOnlyList<CompiledTable.Column> columns, IReadOnlyList<CompiledTable.Output> outputs,
    IReadOnlyList<CompiledTable.Row> rows, IReadOnlyDictionary<string, CompiledExpression> defaults, CompiledIteration? each) : CompiledSection(section.Id)
{
    private readonly string[] _outputNames = [.. outputs.Select(o => o.Name)];

    public override void Run(RunState state)
    {
        if (each is not null)
        {
            state.Values[section.Into!] = each.Run(state, s => Record(Decide(s)));
            return;
        }

        FeelValue[] result = Decide(state);
        if (section.Into is { } into)
        {
            state.Values[into] = Record(result);
            return;
        }

        for (int i = 0; i < result.Length; i++)
        {
            state.Values[_outputNames[i]] = FeelBoundary.ToClr(result[i]);
        }
    }

    private FeelRecord Record(FeelValue[] values) => new(_outputNames, values);

    private FeelValue[] Decide(RunState state)
    {
        var inputs = new object?[columns.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = columns[i].Expression.Evaluate(state);
            state.Saw(columns[i].Place, inputs[i]);
        }

        var hits = new List<FeelValue[]>();
        foreach (Row row in rows)
        {
            if (!Matches(state, row, inputs))
            {
                continue;
            }

            if (hits.Count > 0 && section.Hit == "unique")
            {
                throw Failure(state, "several-rows-apply", $"More than one row applies ({row.Source.Id} is the second), but the hit policy is unique");
            }

            hits.Add(Results(state, row));
            state.Hit(section.Id, row.Source.Id, row.Because?.Render(state));
            if (section.Hit == "first")
            {
                break;
            }
        }

        return Combine(state, hits, inputs);
    }

    private static bool Matches(RunState state, Row row, object?[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (row.Tests[i] is not { } test)
            {
                continue;
            }

            (bool, object?) outer = state.Shadow("?", inputs[i]);
            bool matches = test.IsTrue(state);
            state.Restore("?", outer);
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }

    private static FeelValue[] Results(RunState state, Row row) =>
        [.. row.Results.Select(r => r is null ? FeelValue.Null : FeelBoundary.FromClr(r.Evaluate(state)))];

    private FeelValue[] Combine(RunState state, List<FeelValue[]> hits, object?[] inputs)
    {
        if (hits.Count == 0)
        {
            if (defaults.Count > 0)
            {
                return [.. outputs.Select(o => defaults.TryGetValue(o.Name, out CompiledExpression? preset) ? FeelBoundary.FromClr(preset.Evaluate(state)) : FeelValue.Null)];
            }

            if (!section.Hit.StartsWith("collect", StringComparison.Ordinal) && !section.Hit.EndsWith("order", StringComparison.Ordinal))
            {
                string seen = string.Join(", ", columns.Select((c, i) => $"{c.Name} = {PlainWords.Of(inputs[i])}"));
                throw Failure(state, "no-row-applies", $"No row applies to {seen}");
            }
        }

        return section.Hit switch
        {
            "collect sum" => [FeelValue.Of(hits.Sum(h => h[0].Number))],
            "collect count" => [FeelValue.Of((decimal)hits.Count)],
            "collect min" => [hits.Count == 0 ? FeelValue.Null : FeelValue.Of(hits.Min(h => h[0].Number))],
            "collect max" => [hits.Count == 0 ? FeelValue.Null : FeelValue.Of(hits.Max(h => h[0].Number))],
            "unique" or "first" or "any" or "priority" => hits[0],
            _ => [.. outputs.Select((_, i) => FeelValue.Of(new FeelList([.. hits.Select(h => h[i])])))],
        };
    }

    private RulesetException Failure(RunState state, string code, string message) =>
        new(state.Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, code, path, section.Line, section.Column, message)]);

    internal sealed record Column(string Name, string Place, CompiledExpression Expression, IReadOnlyList<string> Allowed);

    internal sealed record Output(string Name, IReadOnlyList<string> Allowed);

    internal sealed record Row(
        TableSection.TableRow Source, IReadOnlyList<CompiledExpression?> Tests, IReadOnlyList<CompiledExpression?> Results, ReasonTemplate? Because);
}
