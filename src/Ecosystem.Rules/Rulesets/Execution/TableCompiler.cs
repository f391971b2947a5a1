using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Hands a table of a document to the decision table engine and brings its findings back to their places.</summary>
internal sealed class TableCompiler(RulesetDocument document, ExpressionCompiler expressions)
{
    private static readonly Dictionary<string, HitPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["unique"] = HitPolicy.Unique,
        ["any"] = HitPolicy.Any,
        ["priority"] = HitPolicy.Priority,
        ["first"] = HitPolicy.First,
        ["rule order"] = HitPolicy.RuleOrder,
        ["output order"] = HitPolicy.OutputOrder,
        ["collect"] = HitPolicy.Collect,
        ["collect sum"] = HitPolicy.CollectSum,
        ["collect min"] = HitPolicy.CollectMin,
        ["collect max"] = HitPolicy.CollectMax,
        ["collect count"] = HitPolicy.CollectCount,
    };

    public CompiledTable Compile(TableSection section, string path, NameScope scope, CompiledIteration? each)
    {
        DecisionTableDefinition definition = Definition(document, section, scope);
        DecisionTable table;
        try
        {
            table = DecisionTable.Compile(definition, new FeelOptions { Mode = FeelMode.Strict, Types = scope.Feel, Check = true });
            expressions.NamesRead.UnionWith(table.FreeNames);
        }
        catch (DecisionTableException failure)
        {
            foreach (TableDiagnostic found in failure.Diagnostics)
            {
                Report(found, section, path, scope);
            }

            // Stands in for the broken table, so that the rest of the document is still checked; nobody gets to run it.
            table = DecisionTable.Compile(new DecisionTableDefinition { Inputs = [], Outputs = [new TableOutput()], Rows = [] });
        }

        ReasonTemplate?[] reasons = [.. section.Rows.Select(r => expressions.Reason(r.Because, $"{path}/rows/{r.Id}/because", scope))];
        return new CompiledTable(section, path, table, scope, reasons, each);
    }

    /// <summary>The table in pure FEEL: bare words written out, empty cells as dashes.</summary>
    public static DecisionTableDefinition Definition(RulesetDocument document, TableSection section, NameScope scope)
    {
        IReadOnlyList<string>[] inputTexts = [.. section.Inputs.Select(i => scope.FieldAt(i.Value.Text)?.OneOf ?? [])];
        IReadOnlyList<string>[] outputTexts = [.. section.Outputs.Select(o => AllowedTexts(document, section, o))];
        return new DecisionTableDefinition
        {
            Name = section.Id,
            HitPolicy = Policies[section.Hit],
            Inputs = [.. section.Inputs.Select((input, i) => new TableInput(input.Value.Text, null, null, input.Key))],
            Outputs =
            [
                .. section.Outputs.Select((output, i) => new TableOutput(
                    output,
                    null,
                    outputTexts[i].Count == 0 ? null : string.Join(", ", outputTexts[i].Select(BareWords.Quote)),
                    Default(section, output, outputTexts[i]))),
            ],
            Rows =
            [
                .. section.Rows.Select(row => new TableRow(
                    row.Id,
                    [.. section.Inputs.Select((input, i) => row.Tests.TryGetValue(input.Key, out RulesetSourceText? cell) ? BareWords.Test(cell.Text, inputTexts[i]) : "-")],
                    [.. section.Outputs.Select((output, i) => row.Results.TryGetValue(output, out RulesetSourceText? cell) ? BareWords.Result(cell.Text, outputTexts[i]) : "null")],
                    row.Because?.Text)),
            ],
        };
    }

    public static IReadOnlyList<string> AllowedTexts(RulesetDocument document, TableSection section, string output) =>
        section.OutputValues.TryGetValue(output, out IReadOnlyList<string>? values) && values.Count > 0
            ? values
            : document.Outputs.FirstOrDefault(o => o.Name == output)?.OneOf ?? [];

    private static string? Default(TableSection section, string output, IReadOnlyList<string> allowed)
    {
        if (section.Defaults.Count == 0)
        {
            return null;
        }

        foreach ((string name, RulesetSourceText text) in section.Defaults)
        {
            if (name == output)
            {
                return BareWords.Result(text.Text, allowed);
            }
        }

        return "null";
    }

    private void Report(TableDiagnostic found, TableSection section, string path, NameScope scope)
    {
        string column = found.Column is { } index ? found.IsOutput ? section.Outputs[index] : section.Inputs[index].Key : "";
        TableSection.TableRow? row = found.RowId is null ? null : section.Rows.First(r => r.Id == found.RowId);
        RulesetSourceText? cell = row is null
            ? found is { IsOutput: false, Column: { } head } ? section.Inputs[head].Value : null
            : (found.IsOutput ? row.Results : row.Tests).GetValueOrDefault(column);
        string place = row is null ? column.Length == 0 ? path : $"{path}/{(found.IsOutput ? "outputs" : "inputs")}/{column}" : $"{path}/rows/{row.Id}/{column}";
        var source = cell ?? new RulesetSourceText("", row?.Line ?? section.Line, row?.Column ?? section.Column);
        expressions.Report(found.Detail, source, place, scope);
    }
}
