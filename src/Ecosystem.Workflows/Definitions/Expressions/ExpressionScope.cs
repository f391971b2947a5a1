namespace Ecosystem.Workflows.Definitions;

/// <summary>What an expression can see and do: the variables around an activity instance, the definition's inputs, what activities put out.</summary>
internal sealed class ExpressionScope(ProcessEngine engine, ActivityInstance instance)
{
    /// <summary>The outcomes a script chose with <c>setOutcome</c>.</summary>
    internal List<string> Outcomes { get; } = [];

    internal ProcessEngine Engine { get; } = engine;

    internal ProcessFrame Frame => instance.OuterFrame;

    internal IProcessHost Host => Engine.Host;

    /// <summary>The variables in scope, the nearest of a name only.</summary>
    internal IEnumerable<VariableSlot> Variables()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var step = instance; step is not null; step = step.Parent)
        {
            if (step == instance && step.OwnFrame is not null && step != Engine.Top)
            {
                continue;
            }

            foreach (var slot in step.Slots)
            {
                if (seen.Add(slot.Name))
                {
                    yield return slot;
                }
            }
        }
    }

    internal VariableSlot? Find(string reference) => ProcessEngine.FindSlot(instance, reference);

    internal object? Input(string name) => Frame.Inputs.GetValueOrDefault(name);

    internal void Set(string reference, object? value) => Engine.Assign(instance, reference, value);

    /// <summary>An output of an activity of this definition, by the activity's id or name; without an output name its result or only output.</summary>
    internal object? OutputOf(string activity, string? output)
    {
        var id = Frame.Plan.Find(activity)?.Id ?? activity;
        if (!Frame.ActivityOutputs.TryGetValue(id, out var outputs))
        {
            return null;
        }

        if (output is { Length: > 0 })
        {
            return outputs.GetValueOrDefault(output);
        }

        return outputs.TryGetValue("result", out var result) ? result : outputs.Count == 1 ? outputs.Values.First() : null;
    }
}
