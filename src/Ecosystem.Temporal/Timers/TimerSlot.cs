namespace Ecosystem.Temporal.Timers;

/// <summary>When a run is due next; outlives the run's stay in memory.</summary>
internal sealed class TimerSlot(long key, NamespaceRecord ns, string workflowId)
{
    public long Key { get; } = key;

    public NamespaceRecord Namespace { get; } = ns;

    public string WorkflowId { get; } = workflowId;

    /// <summary>UTC ticks at which the run is due; <see cref="long.MaxValue"/> if it is not.</summary>
    public long Due = long.MaxValue;

    /// <summary>The earliest entry that the queue holds for this slot.</summary>
    public long Queued = long.MaxValue;
}
