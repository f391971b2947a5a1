namespace Ecosystem.Temporal.Executions;

/// <summary>
/// Everything about a run that decisions need: a fold over its events (<see cref="Apply"/>), and on top of it what events don't carry
/// (attempts, heartbeats, the sticky queue, events that wait for a workflow task to end). Not thread-safe: one writer at a time.
/// </summary>
internal sealed partial class ExecutionState
{
    /// <summary>Event id that stands for "not in history yet".</summary>
    public const long BufferedEventId = -123;

    public required long Key { get; init; }

    public required NamespaceRecord Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public required string StartRequestId { get; init; }

    public WorkflowExecutionStartedEventAttributes Started { get; private set; } = null!;

    public UserMetadata? UserMetadata { get; private set; }

    public DateTimeOffset StartTime { get; private set; }

    /// <summary>When the first workflow task is or was due: the start plus its backoff.</summary>
    public DateTimeOffset ExecutionTime { get; private set; }

    public WorkflowExecutionStatus Status { get; private set; } = WorkflowExecutionStatus.Running;

    public bool IsRunning => Status == WorkflowExecutionStatus.Running;

    public HistoryEvent? CloseEvent { get; private set; }

    public DateTimeOffset? CloseTime { get; private set; }

    public long NextEventId { get; private set; } = 1;

    public long HistorySize { get; private set; }

    /// <summary>How many times the run was changed.</summary>
    public long Transitions { get; set; }

    public PendingWorkflowTask? Task { get; set; }

    /// <summary>Attempt that the next workflow task will be.</summary>
    public int NextAttempt { get; set; } = 1;

    /// <summary>Started event of the last workflow task that completed; zero if none has.</summary>
    public long LastCompletedStartedEventId { get; private set; }

    public long LastCompletedEventId { get; private set; }

    /// <summary>Workflow task attempts that failed or timed out one after another.</summary>
    public bool HadFirstTask => LastCompletedEventId != 0;

    public TaskQueue? StickyQueue { get; set; }

    public TimeSpan StickyTimeout { get; set; }

    public Dictionary<long, PendingActivity> Activities { get; } = [];

    public Dictionary<string, PendingActivity> ActivitiesById { get; } = [];

    public Dictionary<string, PendingTimer> Timers { get; } = [];

    public SortedSet<(DateTimeOffset Time, long EventId, string TimerId)> TimersByTime { get; } = [];

    public Dictionary<long, PendingChild> Children { get; } = [];

    public Dictionary<long, SignalExternalWorkflowExecutionInitiatedEventAttributes> ExternalSignals { get; } = [];

    public Dictionary<long, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes> ExternalCancels { get; } = [];

    /// <summary>Events that arrived while a workflow task was in flight.</summary>
    public List<HistoryEvent> Buffered { get; } = [];

    public bool CancelRequested { get; private set; }

    public string CancelRequestId { get; set; } = "";

    public HashSet<string> SignalRequestIds { get; } = [];

    /// <summary>Requests attached to the run beside its start, with the event each left.</summary>
    public Dictionary<string, (EventType Type, long EventId)> AttachedRequests { get; } = [];

    public Memo Memo { get; private set; } = new();

    public SearchAttributes SearchAttributes { get; private set; } = new();

    public Dictionary<string, RecordedUpdate> Updates { get; } = [];

    /// <summary>What caused the run's start.</summary>
    public IReadOnlyList<Link> StartLinks { get; private set; } = [];

    /// <summary>Whom to call at the run's end, and since when.</summary>
    public List<(Callback Callback, Timestamp Since)> Callbacks { get; } = [];

    public Temporalio.Api.Workflow.V1.ResetPoints ResetPoints { get; private set; } = new();

    /// <summary>The builds of workers outside of deployments that completed a workflow task of the run, as lists name them.</summary>
    public List<string> BuildIds { get; } = [];

    /// <summary>What the last worker that completed a workflow task said of its build; null if it said nothing.</summary>
    public WorkerVersionStamp? LastWorkerVersion { get; private set; }

    /// <summary>A completion that would close the run was refused because of buffered events; until the next task ends signals are refused.</summary>
    public bool CloseAttempted { get; set; }

    public DateTimeOffset? LastResetTime { get; set; }

    public string ResetRunId { get; set; } = "";

    public int SignalCount { get; private set; }

    public Priority? Priority { get; private set; }

    public Temporalio.Api.Workflow.V1.VersioningOverride? VersioningOverride { get; private set; }

    /// <summary>How the run's worker wants it versioned, and by which version it last made progress.</summary>
    public VersioningBehavior VersioningBehavior { get; private set; }

    /// <summary>The version that completed the last workflow task; null if its worker has none.</summary>
    public Temporalio.Api.Deployment.V1.WorkerDeploymentVersion? DeploymentVersion { get; private set; }

    public string WorkerDeploymentName { get; private set; } = "";

    /// <summary>How often the routing of <see cref="DeploymentVersion"/>'s deployment had changed when it got the run.</summary>
    public long DeploymentRevision { get; set; }

    /// <summary>Every version that completed a workflow task of the run.</summary>
    public List<string> UsedVersions { get; } = [];

    /// <summary>The behaviour that counts: an operator's override, else the worker's.</summary>
    public VersioningBehavior EffectiveBehavior => VersioningOverride switch
    {
        { AutoUpgrade: true } => VersioningBehavior.AutoUpgrade,
        { Pinned: not null } or { OneTime: not null } => VersioningBehavior.Pinned,
        _ => VersioningBehavior,
    };

    /// <summary>The version that the run is pinned to, or null.</summary>
    public Temporalio.Api.Deployment.V1.WorkerDeploymentVersion? PinnedVersion => VersioningOverride switch
    {
        { AutoUpgrade: true } => null,
        { Pinned: { } pinned } => pinned.Version ?? DeploymentVersion,
        { OneTime: { } once } => once.TargetDeploymentVersion,
        _ when VersioningBehavior == VersioningBehavior.Pinned => DeploymentVersion,
        _ when HadFirstTask => null,
        _ => Started.InheritedPinnedVersion,
    };

    /// <summary>Whether the run it continues asked that its first task go to the version that is being ramped up.</summary>
    public bool StartsOnRamping => !HadFirstTask
        && Started.InheritedAutoUpgradeInfo is { ContinueAsNewInitialVersioningBehavior: ContinueAsNewVersioningBehavior.UseRampingVersion };

    public Duration TaskTimeout => Started.WorkflowTaskTimeout;

    public WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    public bool HasStartedTask => Task is { IsStarted: true };

    /// <summary>When the run times out, or <see cref="DateTimeOffset.MaxValue"/>.</summary>
    public DateTimeOffset RunExpiration
    {
        get
        {
            var run = Started.WorkflowRunTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
            var expiration = run > TimeSpan.Zero ? ExecutionTime.Add(run) : DateTimeOffset.MaxValue;
            return ExecutionExpiration < expiration ? ExecutionExpiration : expiration;
        }
    }

    public DateTimeOffset ExecutionExpiration =>
        Started.WorkflowExecutionExpirationTime is { Seconds: > 0 } expiration ? expiration.ToDateTimeOffset() : DateTimeOffset.MaxValue;

    /// <summary>True between the start and the first workflow task of a run whose start was put off.</summary>
    public bool InBackoff { get; private set; }

    /// <summary>The queue of the run's own tasks.</summary>
    public TaskQueue NormalQueue => new() { Name = Started.TaskQueue.Name, Kind = TaskQueueKind.Normal };

    /// <summary>The earliest time at which something of the run is due by the service's clock.</summary>
    public DateTimeOffset NextDue()
    {
        if (!IsRunning)
        {
            return DateTimeOffset.MaxValue;
        }

        var due = RunExpiration;
        if (InBackoff && ExecutionTime < due)
        {
            due = ExecutionTime;
        }

        if (TimersByTime.Count > 0 && TimersByTime.Min.Time < due)
        {
            due = TimersByTime.Min.Time;
        }

        foreach (var activity in Activities.Values)
        {
            var (time, kind) = activity.NextTimer();
            if (kind != ActivityTimer.None && time < due)
            {
                due = time;
            }
        }

        return due;
    }

    /// <summary>Number of tasks that wait to be taken or are in flight; the run is idle at none.</summary>
    public int BusyUnits(DateTimeOffset now)
    {
        if (!IsRunning)
        {
            return 0;
        }

        var units = Task is null ? 0 : 1;
        foreach (var activity in Activities.Values)
        {
            if (activity.IsStarted || (!activity.Paused && activity.ScheduledTime <= now))
            {
                units++;
            }
        }

        return units;
    }

    /// <summary>Whether a restart has to take the run up at once, rather than when it is due.</summary>
    public bool IsReady(DateTimeOffset now) => IsRunning && (BusyUnits(now) > 0 || ExternalSignals.Count > 0 || ExternalCancels.Count > 0
        || Children.Values.Any(child => child.StartedEventId == 0) || Buffered.Count > 0);

    /// <summary>The id the next event gets.</summary>
    public long TakeEventId() => NextEventId++;

    public void AddSize(int size) => HistorySize += size;

    /// <summary>Bytes of what the run keeps outside of its history, as far as it can become much.</summary>
    public long KeptBytes()
    {
        long bytes = Memo.CalculateSize() + SearchAttributes.CalculateSize();
        foreach (var buffered in Buffered)
        {
            bytes += buffered.CalculateSize();
        }

        foreach (var activity in Activities.Values)
        {
            bytes += (activity.HeartbeatDetails?.CalculateSize() ?? 0) + (activity.LastFailure?.CalculateSize() ?? 0);
        }

        return bytes;
    }

    public void EndBackoff() => InBackoff = false;

    public void SetRequestAttached(string requestId, EventType type, long eventId) => AttachedRequests[requestId] = (type, eventId);
}
