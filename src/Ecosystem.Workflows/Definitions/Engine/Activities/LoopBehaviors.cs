namespace Ecosystem.Workflows.Definitions;

/// <summary>What the loops have in common.</summary>
internal abstract class LoopBehavior : ActivityBehavior
{
    internal override bool IsLoop => true;

    internal override void Execute(ProcessEngine engine, ActivityInstance instance) => Next(engine, instance);

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes) => Next(engine, instance);

    protected abstract void Next(ProcessEngine engine, ActivityInstance instance);

    protected static void Iterate(ProcessEngine engine, ActivityInstance instance, Dictionary<string, object?>? variables)
    {
        if (instance.Node.Port("body") is { } body)
        {
            engine.Schedule(instance, body, variables);
        }
        else
        {
            engine.Complete(instance);
        }
    }
}

/// <summary>Runs its body while a condition holds.</summary>
internal sealed class WhileBehavior : LoopBehavior
{
    protected override void Next(ProcessEngine engine, ActivityInstance instance)
    {
        if (engine.FlagInput(instance, "condition"))
        {
            Iterate(engine, instance, null);
        }
        else
        {
            engine.Complete(instance);
        }
    }
}

/// <summary>Counts from one number to another; the step says by how much and, by its sign, which way. Counting away from the end it counts nothing.</summary>
internal sealed class ForBehavior : LoopBehavior
{
    protected override void Next(ProcessEngine engine, ActivityInstance instance)
    {
        var start = engine.NumberInput(instance, "start", 0);
        var end = engine.NumberInput(instance, "end", 0);
        var step = engine.NumberInput(instance, "step", 1);
        var inclusive = engine.FlagInput(instance, "outerBoundInclusive", true);
        if (step == 0)
        {
            throw new EngineFault($"The step of '{instance.Node.Title}' is 0, so it would never end.");
        }

        var current = instance.State.TryGetValue("current", out var last) && last is decimal number ? number + step : start;
        var goesOn = step > 0 ? current < end || (inclusive && current == end) : current > end || (inclusive && current == end);
        if (!goesOn)
        {
            engine.Complete(instance);
            return;
        }

        instance.State["current"] = current;
        engine.SetOutput(instance, "currentValue", current);
        Iterate(engine, instance, new Dictionary<string, object?> { ["CurrentValue"] = current });
    }
}

/// <summary>Runs its body for each of some values, one after the other.</summary>
internal sealed class ForEachBehavior : LoopBehavior
{
    protected override void Next(ProcessEngine engine, ActivityInstance instance)
    {
        var index = (int)instance.Counter("index");
        if (!instance.State.TryGetValue("items", out var stored))
        {
            instance.State["items"] = stored = engine.ListInput(instance, "items");
        }

        var items = (List<object?>)stored!;
        if (index >= items.Count)
        {
            engine.Complete(instance);
            return;
        }

        instance.State["index"] = (decimal)(index + 1);
        engine.SetOutput(instance, "currentValue", items[index]);
        Iterate(engine, instance, new Dictionary<string, object?> { ["CurrentIndex"] = (decimal)index, ["CurrentValue"] = items[index] });
    }
}

/// <summary>Runs its body for each of some values, side by side.</summary>
internal sealed class ParallelForEachBehavior : ActivityBehavior
{
    internal override bool IsLoop => true;

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var items = engine.ListInput(instance, "items");
        if (items.Count == 0 || instance.Node.Port("body") is not { } body)
        {
            engine.Complete(instance);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            engine.Schedule(instance, body, new Dictionary<string, object?> { ["CurrentIndex"] = (decimal)i, ["CurrentValue"] = items[i] });
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

/// <summary>Leaves the nearest loop.</summary>
internal sealed class BreakBehavior : ActivityBehavior
{
    internal override bool IsTerminal => true;

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        for (var loop = instance.Parent; loop is not null && loop != engine.Top && loop.OwnFrame is null; loop = loop.Parent)
        {
            if (Activities.For(loop.Node, engine.Host).IsLoop)
            {
                engine.CompleteUpTo(instance, loop, ["Done"]);
                return;
            }
        }

        engine.Complete(instance);
    }
}
