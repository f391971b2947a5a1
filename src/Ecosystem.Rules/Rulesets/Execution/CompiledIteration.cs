using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs something for every element of a list and collects the records.</summary>
internal sealed class CompiledIteration(string name, CompiledExpression list, IReadOnlyList<(string Name, CompiledExpression Expression)> keep)
{
    public FeelList Run(RunState state, Func<RunState, FeelRecord> body)
    {
        IReadOnlyList<object?> elements = list.List(state);
        (bool, object?) outer = state.Shadow(name, null);
        var results = new FeelValue[elements.Count];
        for (int i = 0; i < results.Length; i++)
        {
            state.Values[name] = elements[i];
            FeelRecord record = body(state);
            results[i] = FeelValue.Of(keep.Count == 0 ? record : Join(state, record));
        }

        state.Restore(name, outer);
        return new FeelList(results);
    }

    private FeelRecord Join(RunState state, FeelRecord record)
    {
        var keys = new List<string>(keep.Count + record.Count);
        var values = new List<FeelValue>(keep.Count + record.Count);
        foreach ((string field, CompiledExpression expression) in keep)
        {
            keys.Add(field);
            values.Add(FeelBoundary.FromClr(expression.Evaluate(state)));
        }

        foreach (string key in record.Keys)
        {
            if (!keys.Contains(key))
            {
                record.TryGet(key, out FeelValue value);
                keys.Add(key);
                values.Add(value);
            }
        }

        return new FeelRecord([.. keys], [.. values]);
    }
}
