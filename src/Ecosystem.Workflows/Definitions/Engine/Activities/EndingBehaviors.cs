namespace Ecosystem.Workflows.Definitions;

/// <summary>Does nothing and ends: where a flow begins, where arrows meet.</summary>
internal sealed class PassBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance) => engine.Complete(instance);
}

/// <summary>Ends its flowchart.</summary>
internal sealed class EndBehavior : ActivityBehavior
{
    internal override bool IsTerminal => true;

    internal override void Execute(ProcessEngine engine, ActivityInstance instance) => engine.Complete(instance);
}

/// <summary>Ends the whole process.</summary>
internal sealed class FinishBehavior : ActivityBehavior
{
    internal override bool IsTerminal => true;

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.Record(instance, "Completed", "Done");
        engine.Finish(["Done"]);
    }
}

/// <summary>Ends the definition it stands in, with outcomes.</summary>
internal sealed class CompleteBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var outcomes = ProcessEngine.AsList(engine.Input(instance, "outcomes")).Select(Values.ToText).Where(text => text.Length > 0).ToList();
        if (outcomes.Count == 0)
        {
            outcomes.Add("Done");
        }

        var composite = instance.Parent!;
        while (composite.OwnFrame is null)
        {
            composite = composite.Parent!;
        }

        if (composite == engine.Top)
        {
            engine.Record(instance, "Completed", string.Join(", ", outcomes));
            engine.Finish(outcomes);
        }
        else
        {
            DefinitionBehavior.CopyOutputs(engine, composite);
            engine.CompleteUpTo(instance, composite, outcomes);
        }
    }
}

/// <summary>Fails on purpose.</summary>
internal sealed class FaultBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var message = engine.TextInput(instance, "message") is { Length: > 0 } text ? text : "The definition faulted here.";
        var code = engine.TextInput(instance, "code");
        throw new EngineFault(string.IsNullOrEmpty(code) ? message : $"{code}: {message}");
    }
}

/// <summary>Runs one activity inside: a workflow, a container with a body.</summary>
internal sealed class BodyBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var body = instance.Node.Port("body") ?? instance.Node.Port("root") ?? instance.Node.Children.FirstOrDefault();
        if (body is null)
        {
            engine.Complete(instance);
        }
        else
        {
            engine.Schedule(instance, body);
        }
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes) =>
        engine.Complete(instance, outcomes);
}
