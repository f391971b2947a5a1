namespace Ecosystem.Workflows.Definitions;

/// <summary>Runs a published definition as an activity: its inputs and outputs are the activity's, its outcomes too.</summary>
internal sealed class DefinitionBehavior : ActivityBehavior
{
    internal const int MaxDepth = 32;

    internal static ProcessPlan? PlanOf(ActivityNode node, IProcessHost host)
    {
        var version = node.Json.Number("version") is { } number ? (int?)number : null;
        if (node.Json.Text("workflowDefinitionId") is { Length: > 0 } definition)
        {
            return (node.Json.Text("workflowDefinitionVersionId") is { Length: > 0 } exact ? host.FindPlan(exact, null) : null)
                ?? host.FindPlan(definition, version)
                ?? host.FindPlan(definition, null)
                ?? host.FindPlan(node.Type, null);
        }

        return host.FindPlan(node.Type, version) ?? host.FindPlan(node.Type, null);
    }

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var plan = PlanOf(instance.Node, engine.Host)
            ?? throw new EngineFault($"The definition '{instance.Node.Json.Text("workflowDefinitionId") ?? instance.Node.Type}' that '{instance.Node.Title}' stands for is not published.");
        var depth = 0;
        for (var outer = instance.Parent; outer is not null; outer = outer.Parent)
        {
            depth += outer.OwnFrame is null ? 0 : 1;
        }

        if (depth > MaxDepth)
        {
            throw new EngineFault($"Definitions contain each other more than {MaxDepth} deep; '{instance.Node.Title}' contains itself.");
        }

        var inputs = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var declared in plan.Inputs)
        {
            if (instance.Node.Inputs.TryGetValue(declared.Name, out var input))
            {
                inputs[declared.Name] = engine.Evaluate(instance, input);
            }
        }

        instance.OwnFrame = new ProcessFrame(plan);
        engine.FillInputs(instance.OwnFrame, inputs);
        foreach (var declared in plan.Inputs)
        {
            instance.Declare(declared.Name, declared.Name, declared.TypeName, instance.OwnFrame.Inputs[declared.Name]);
        }

        foreach (var declared in plan.Outputs)
        {
            instance.Declare(declared.Name, declared.Name, declared.IsArray ? declared.TypeName + "[]" : declared.TypeName, null);
        }

        instance.Declare(plan.Variables);
        engine.Schedule(instance, plan.Root);
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        CopyOutputs(engine, instance);
        engine.Complete(instance);
    }

    internal static void CopyOutputs(ProcessEngine engine, ActivityInstance instance)
    {
        var frame = instance.OwnFrame!;
        foreach (var declared in frame.Plan.Outputs)
        {
            engine.SetOutput(instance, declared.Name, frame.Outputs.GetValueOrDefault(declared.Name));
        }
    }
}
