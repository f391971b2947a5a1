namespace Ecosystem.Workflows.Definitions;

/// <summary>Executes its activities one after the other; one that ends its container, such as <c>End</c>, is the last.</summary>
internal sealed class SequenceBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance) => Next(engine, instance);

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        if (Activities.For(child.Node, engine.Host).IsTerminal)
        {
            engine.Complete(instance);
        }
        else
        {
            Next(engine, instance);
        }
    }

    private static void Next(ProcessEngine engine, ActivityInstance instance)
    {
        var index = (int)instance.Counter("index");
        var children = instance.Node.PortList("activities");
        if (index >= children.Count)
        {
            engine.Complete(instance);
            return;
        }

        instance.State["index"] = (decimal)(index + 1);
        engine.Schedule(instance, children[index]);
    }
}
