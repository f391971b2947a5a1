using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="TableSection"/> on the one decision table engine.</summary>
internal sealed class CompiledTable(
    TableSection section, string path, DecisionTable table, NameScope scope, IReadOnlyList<ReasonTemplate?> reasons, CompiledIteration? each) : CompiledSection(section.Id)
{
    private static readonly object Zero = 0m;
    private readonly string[] _outputs = [.. section.Outputs];
    private readonly string[] _places = [.. section.Inputs.Select(i => $"{section.Id}/{i.Key}")];
    private readonly bool _several = section.Hit.StartsWith("collect", StringComparison.Ordinal) || section.Hit.EndsWith("order", StringComparison.Ordinal);

    public TableSection Section => section;

    public DecisionTable Table => table;

    /// <summary>What is declared about the names that the table reads.</summary>
    public NameScope Scope => scope;

    public override void Run(RunState state)
    {
        if (each is not null)
        {
            state.Values[section.Into!] = each.Run(state, s => Record(Decide(s)));
            return;
        }

        object? result = Decide(state);
        if (section.Into is { } into)
        {
            state.Values[into] = _several && _outputs.Length > 1 ? result : Record(result);
        }
        else if (_outputs.Length == 1)
        {
            state.Values[_outputs[0]] = result;
        }
        else if (result is FeelList list)
        {
            for (int i = 0; i < _outputs.Length; i++)
            {
                int output = i;
                state.Values[_outputs[i]] = new FeelList([.. list.AsEnumerable().Select(item => Field(item.Context!, output))]);
            }
        }
        else
        {
            var context = (FeelContext)result!;
            for (int i = 0; i < _outputs.Length; i++)
            {
                state.Values[_outputs[i]] = FeelBoundary.ToClr(Field(context, i));
            }
        }
    }

    private FeelValue Field(FeelContext context, int output)
    {
        context.TryGet(_outputs[output], out FeelValue value);
        return value;
    }

    private FeelRecord Record(object? result) => result is FeelRecord record && _outputs.Length > 1 ? record : new FeelRecord(_outputs, [FeelBoundary.FromClr(result)]);

    private object? Decide(RunState state)
    {
        try
        {
            if (state.Traces)
            {
                return Traced(state);
            }

            return table.Evaluate(state.Values, state.Budget) ?? (_several ? Nothing() : Traced(state));
        }
        catch (FeelException failure)
        {
            throw Failure(state, failure.Diagnostics[0].Code, failure.Diagnostics[0].Message, failure);
        }
        catch (DecisionTableException failure)
        {
            TableDiagnostic first = failure.Diagnostics[0];
            throw Failure(state, first.Detail.Code == "table-unique" ? "several-rows-apply" : first.Detail.Code, first.ToString(), failure);
        }
    }

    private object? Traced(RunState state)
    {
        TableResult result = table.EvaluateWithTrace(state.Values, state.Budget);
        for (int i = 0; i < _places.Length; i++)
        {
            state.Saw(_places[i], result.Inputs[i].Value);
        }

        foreach (TableHit hit in result.Hits)
        {
            state.Hit(section.Id, hit.RowId, state.Traces ? reasons[hit.RowIndex]?.Render(state) : null);
        }

        if (result.Hits.Count > 0 || result.Defaulted)
        {
            return result.Value;
        }

        if (_several)
        {
            return Nothing();
        }

        string seen = string.Join(", ", result.Inputs.Select(i => $"{i.Label} = {PlainWords.Of(i.Value)}"));
        throw Failure(state, "no-row-applies", $"No row applies to {seen}; the table needs a row for it, or 'defaults'");
    }

    private object? Nothing() => section.Hit switch
    {
        "collect sum" or "collect count" => Zero,
        "collect min" or "collect max" => null,
        _ => FeelList.Empty,
    };

    private RulesetException Failure(RunState state, string code, string message, Exception? inner = null) =>
        new(state.Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, code, path, section.Line, section.Column, message)], inner);
}
