namespace Ecosystem.Workflows.Definitions;

/// <summary>Runs one of two activities.</summary>
internal sealed class IfBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var result = engine.FlagInput(instance, "condition");
        engine.SetOutput(instance, "result", result);
        if (instance.Node.Port(result ? "then" : "else") is { } next)
        {
            engine.Schedule(instance, next);
        }
        else
        {
            engine.Complete(instance);
        }
    }
}

/// <summary>Ends with the outcome <c>True</c> or <c>False</c>.</summary>
internal sealed class FlowDecisionBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var result = engine.FlagInput(instance, "condition");
        engine.SetOutput(instance, "result", result);
        engine.Complete(instance, result ? "True" : "False");
    }
}

/// <summary>Reads the cases of both switches.</summary>
internal static class SwitchCases
{
    internal static List<(string Label, System.Text.Json.Nodes.JsonObject Case)> Matching(ProcessEngine engine, ActivityInstance instance)
    {
        var all = engine.TextInput(instance, "mode") is "MatchAny" or "1";
        var matches = new List<(string, System.Text.Json.Nodes.JsonObject)>();
        var cases = instance.Node.Inputs.TryGetValue("cases", out var input) ? CasesOf(input.Expression.Value) : null;
        foreach (var item in cases?.OfType<System.Text.Json.Nodes.JsonObject>() ?? [])
        {
            var condition = item["condition"] switch
            {
                System.Text.Json.Nodes.JsonObject wrapped when wrapped["expression"] is System.Text.Json.Nodes.JsonObject expression => PlanReader.ReadExpression(expression),
                System.Text.Json.Nodes.JsonObject expression => PlanReader.ReadExpression(expression),
                var plain => new DefinitionExpression("Literal", plain),
            };
            if (Values.ToBool(engine.Evaluate(instance, condition)))
            {
                matches.Add((item.Text("label") ?? "", item));
                if (!all)
                {
                    break;
                }
            }
        }

        return matches;
    }

    // A list, or the text of one where an editor kept the cases as an input with an expression.
    private static System.Text.Json.Nodes.JsonArray? CasesOf(System.Text.Json.Nodes.JsonNode? value) => value switch
    {
        System.Text.Json.Nodes.JsonValue text when text.TryGetValue<string>(out var json) => Values.ToJson(Values.FromJsonText(json)) as System.Text.Json.Nodes.JsonArray,
        _ => value as System.Text.Json.Nodes.JsonArray,
    };
}

/// <summary>Ends with the labels of the cases that hold, or <c>Default</c>.</summary>
internal sealed class FlowSwitchBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var labels = SwitchCases.Matching(engine, instance).Select(match => match.Label).ToArray();
        engine.Complete(instance, labels.Length == 0 ? ["Default"] : labels);
    }
}

/// <summary>Runs the activities of the cases that hold, or the default one.</summary>
internal sealed class SwitchBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var matches = SwitchCases.Matching(engine, instance);
        var bodies = instance.Node.PortList("cases");
        var chosen = matches
            .Select(match => match.Case["activity"] is System.Text.Json.Nodes.JsonObject activity ? bodies.FirstOrDefault(body => body.Json == activity) : null)
            .OfType<ActivityNode>()
            .ToList();
        if (matches.Count == 0 && instance.Node.Port("default") is { } otherwise)
        {
            chosen.Add(otherwise);
        }

        if (chosen.Count == 0)
        {
            engine.Complete(instance);
        }

        foreach (var body in chosen)
        {
            engine.Schedule(instance, body);
        }
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        if (!engine.HasPendingWork(instance))
        {
            engine.Complete(instance);
        }
    }
}

/// <summary>Ends with all its branches as outcomes.</summary>
internal sealed class FlowForkBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var branches = engine.ListInput(instance, "branches").Select(Values.ToText).ToArray();
        engine.Complete(instance, branches.Length == 0 ? ["Done"] : branches);
    }
}

/// <summary>Runs its branches side by side and waits for all of them or for the first.</summary>
internal sealed class ForkBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var branches = instance.Node.PortList("branches");
        if (branches.Count == 0)
        {
            engine.Complete(instance);
        }

        foreach (var branch in branches)
        {
            engine.Schedule(instance, branch);
        }
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        if (engine.TextInput(instance, "joinMode") is "WaitAny" or "1" || !engine.HasPendingWork(instance))
        {
            engine.Complete(instance);
        }
    }
}

/// <summary>Runs its activities side by side and waits for all of them.</summary>
internal sealed class ParallelBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var children = instance.Node.PortList("activities");
        if (children.Count == 0)
        {
            engine.Complete(instance);
        }

        foreach (var child in children)
        {
            engine.Schedule(instance, child);
        }
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        if (!engine.HasPendingWork(instance))
        {
            engine.Complete(instance);
        }
    }
}
