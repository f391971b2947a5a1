namespace Ecosystem.Workflows.Definitions;

/// <summary>What a process of a headless run has around it: virtual time and the other definitions.</summary>
internal sealed class HeadlessHost(HeadlessRun run, string instanceId) : IProcessHost
{
    public DateTimeOffset Now => run.Now;

    public string InstanceId => instanceId;

    public ProcessPlan? FindPlan(string reference, int? version) => run.Plans.Find(reference, version);

    public bool IsStep(string type) => run.Steps.Has(type) || (type.StartsWith("Ecosystem.", StringComparison.Ordinal) && !Activities.Knows(type));

    public string? UndoOf(string type) => run.Steps.Find(type)?.Attribute.UndoneBy;

    public void WriteLine(string line) => run.Lines.Add(line);
}
