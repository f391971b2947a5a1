namespace Ecosystem.Temporal.Matching;

/// <summary>What a queue hands out: a reference to work, which may turn out to be gone when it is taken.</summary>
internal sealed record QueueTask
{
    public required QueueTaskKind Kind { get; init; }

    public required NamespaceRecord Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public long ScheduledEventId { get; init; }

    /// <summary>Attempt of a workflow task, stamp of an activity task.</summary>
    public int Stamp { get; init; }

    public int Attempt { get; init; }

    /// <summary>The deployment version whose workers have to do it, as <c>deployment.build</c>; null to leave that to the queue.</summary>
    public string? Version { get; init; }

    /// <summary>Whether it goes to the version that is being ramped up, whatever its share, if nothing says who has to do it.</summary>
    public bool TakesRamping { get; init; }

    /// <summary>For queries: what to ask.</summary>
    public PendingQuery? Query { get; init; }

    /// <summary>For activities without a workflow: hands the task to a poller, if it still is one.</summary>
    public Func<PollerIdentity, (PollActivityTaskQueueResponse? Response, Task Durable)>? Take { get; init; }

    /// <summary>One to five; lower is handed out first.</summary>
    public int Priority { get; init; } = 3;

    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Told when a worker took the task or it was dropped; may be null.</summary>
    public Func<bool>? IsLive { get; init; }
}

/// <summary>The sorts of tasks.</summary>
internal enum QueueTaskKind
{
    Workflow,
    Activity,
    Query,
}
