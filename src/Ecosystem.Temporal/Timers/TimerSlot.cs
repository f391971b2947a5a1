namespace Ecosystem.Temporal.Timers;

/// <summary>When a run is due next; outlives the run's stay in memory.</summary>
internal sealed class TimerSlot(long key, NamespaceRecord ns, string workflowId)
{
    public long Key { get; } = key;

    public NamespaceRecord Namespace { get; } = ns;

    public string WorkflowId { get; } = workflowId;

    /// <summary>What to do when the slot is due, where it stands for something else than a run.</summary>
    public Action? Fired { get; init; }

    /// <summary>UTC ticks at which the run is due; <see cref="long.MaxValue"/> if it is not.</summary>
    public long Due = long.MaxValue;

    /// <summary>The earliest entry that the queue holds for this slot.</summary>
    public long Queued = long.MaxValue;
}
