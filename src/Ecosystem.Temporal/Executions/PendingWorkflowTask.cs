namespace Ecosystem.Temporal.Executions;

/// <summary>The workflow task that is scheduled or in flight.</summary>
internal sealed class PendingWorkflowTask
{
    /// <summary>Id of its scheduled event; for a transient or speculative task the id that event would have.</summary>
    public required long ScheduledEventId { get; set; }

    /// <summary>Id of its started event, zero until it is started.</summary>
    public long StartedEventId { get; set; }

    public required int Attempt { get; set; }

    public required TaskQueue TaskQueue { get; init; }

    public required TimeSpan StartToClose { get; init; }

    public required DateTimeOffset ScheduledTime { get; set; }

    public required DateTimeOffset OriginalScheduledTime { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    public string RequestId { get; set; } = "";

    public string Identity { get; set; } = "";

    /// <summary>Size of the history when the task was started.</summary>
    public long HistorySize { get; set; }

    public bool SuggestContinueAsNew { get; set; }

    public List<SuggestContinueAsNewReason> SuggestReasons { get; set; } = [];

    /// <summary>True if the run is pinned and new runs go to another version by now.</summary>
    public bool TargetVersionChanged { get; set; }

    /// <summary>True if it exists only to carry updates; its events are written when it completes.</summary>
    public bool Speculative { get; set; }

    /// <summary>True if its scheduled and started events are not in history (yet).</summary>
    public bool HasNoEvents => Speculative || Attempt > 1;

    public bool IsStarted => StartedEventId != 0;

    public bool IsSticky => TaskQueue.Kind == TaskQueueKind.Sticky;

    /// <summary>In real time: when the worker has to have answered or, on a sticky queue, taken it.</summary>
    public DateTimeOffset Deadline { get; set; } = DateTimeOffset.MaxValue;
}
