namespace Ecosystem.Workflows.Definitions;

/// <summary>What an activity type does. Behaviors have no state of their own: what they remember is in the instance.</summary>
internal abstract class ActivityBehavior
{
    /// <summary>Executes a new instance.</summary>
    internal abstract void Execute(ProcessEngine engine, ActivityInstance instance);

    /// <summary>A child the instance scheduled has ended.</summary>
    internal virtual void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes) =>
        engine.Complete(instance);

    /// <summary>A request of the instance was answered.</summary>
    internal virtual void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        foreach (var pair in reply.Output)
        {
            engine.SetOutput(instance, pair.Key, pair.Value);
        }

        engine.Complete(instance, [reply.Outcome ?? "Done"], reply.Note, reply.By);
    }

    /// <summary>True for the loops, which <c>Break</c> leaves.</summary>
    internal virtual bool IsLoop => false;

    /// <summary>True for an activity after which its flowchart is over.</summary>
    internal virtual bool IsTerminal => false;
}
