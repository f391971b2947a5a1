namespace Ecosystem.Temporal.Executions;

/// <summary>
/// A change of one run: decisions add events, which change the state at once; the engine then makes all of it durable together and only
/// after that tells anyone. Used under the lock of the run's chain.
/// </summary>
internal sealed partial class Transaction(Engine engine, Execution execution)
{
    private readonly List<HistoryEvent> _events = [];

    public Engine Engine { get; } = engine;

    public Execution Execution { get; } = execution;

    public ExecutionState State => Execution.State;

    public DateTimeOffset Now { get; } = engine.Now;

    /// <summary>Events written by this change.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>Bytes of these events.</summary>
    public long Bytes { get; private set; }

    /// <summary>What to do once the change is durable.</summary>
    public List<Action> AfterCommit { get; } = [];

    /// <summary>Messages that the run owes to others once it is closed.</summary>
    public List<TransferKind> Owed { get; } = [];

    /// <summary>True if lists show the run differently from now on.</summary>
    public bool VisibilityChanged { get; set; }

    public bool IsNew { get; init; }

    /// <summary>Why the run may only end, if its history was too long before this change; null if it was not.</summary>
    public string? Outgrown { get; } = engine.HistoryLimits.Exceeded(execution.State.NextEventId - 1, execution.State.HistorySize);

    /// <summary>Adds an event with the attributes it is given; its id, time and place are decided here.</summary>
    public HistoryEvent Add(HistoryEvent e, DateTimeOffset? time = null)
    {
        e.EventTime = Timestamp.FromDateTimeOffset(time ?? Now);
        if (State.HasStartedTask && CanWait(e.EventType))
        {
            e.EventId = ExecutionState.BufferedEventId;
            State.Buffered.Add(e);
            State.Apply(e);
            return e;
        }

        Write(e);
        State.Apply(e);
        return e;
    }

    /// <summary>Fails the workflow task in flight if more waits for its end than a run may keep waiting.</summary>
    public void BoundBuffer()
    {
        if (State is { IsRunning: true, HasStartedTask: true, Buffered.Count: > 0 }
            && (State.Buffered.Count > Limits.BufferedEvents || State.Buffered.Sum(e => e.CalculateSize()) > Limits.BufferedBytes))
        {
            FailTask(WorkflowTaskFailedCause.ForceCloseCommand, null, ServiceIdentity);
        }
    }

    /// <summary>Puts the events that waited for the workflow task to end into history: results of activities and children last.</summary>
    public void FlushBuffered()
    {
        if (State.Buffered.Count == 0)
        {
            return;
        }

        var buffered = State.Buffered.ToList();
        State.Buffered.Clear();
        var activityStarts = new Dictionary<long, long>();
        var childStarts = new Dictionary<long, long>();
        foreach (var e in buffered.Where(e => !IsResult(e.EventType)).Concat(buffered.Where(e => IsResult(e.EventType))))
        {
            Write(e);
            Connect(e, activityStarts, childStarts);
        }
    }

    /// <summary>Whether a buffered event says that the timer has fired; it is taken out of the buffer.</summary>
    public HistoryEvent? TakeBufferedFire(string timerId)
    {
        var index = State.Buffered.FindIndex(e => e.EventType == EventType.TimerFired && e.TimerFiredEventAttributes.TimerId == timerId);
        if (index < 0)
        {
            return null;
        }

        var fired = State.Buffered[index];
        State.Buffered.RemoveAt(index);
        return fired;
    }

    /// <summary>The batch of this change, or null if it wrote no event.</summary>
    public HistoryBatch? TakeBatch()
    {
        if (_events.Count == 0)
        {
            return null;
        }

        var history = new History();
        history.Events.AddRange(_events);
        Execution.BatchStarts.Add(_events[0].EventId);
        Execution.Events.AddRange(_events);
        return new HistoryBatch(State.Key, _events[0].EventId, _events.Count, history.ToByteArray());
    }

    private void Write(HistoryEvent e)
    {
        e.EventId = State.TakeEventId();
        e.TaskId = (State.Key << 20) + e.EventId;
        _events.Add(e);
        var size = e.CalculateSize();
        Bytes += size;
        State.AddSize(size);
    }

    private void Connect(HistoryEvent e, Dictionary<long, long> activityStarts, Dictionary<long, long> childStarts)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes:
                activityStarts[e.ActivityTaskStartedEventAttributes.ScheduledEventId] = e.EventId;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                e.ActivityTaskCompletedEventAttributes.StartedEventId = activityStarts[e.ActivityTaskCompletedEventAttributes.ScheduledEventId];
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                e.ActivityTaskFailedEventAttributes.StartedEventId = activityStarts[e.ActivityTaskFailedEventAttributes.ScheduledEventId];
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                e.ActivityTaskCanceledEventAttributes.StartedEventId =
                    activityStarts.GetValueOrDefault(e.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                e.ActivityTaskTimedOutEventAttributes.StartedEventId =
                    activityStarts.GetValueOrDefault(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes:
                var initiated = e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId;
                childStarts[initiated] = e.EventId;
                if (State.Children.TryGetValue(initiated, out var child))
                {
                    child.StartedEventId = e.EventId;
                }

                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                var completed = e.ChildWorkflowExecutionCompletedEventAttributes;
                completed.StartedEventId = childStarts.GetValueOrDefault(completed.InitiatedEventId, completed.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                var failed = e.ChildWorkflowExecutionFailedEventAttributes;
                failed.StartedEventId = childStarts.GetValueOrDefault(failed.InitiatedEventId, failed.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                var canceled = e.ChildWorkflowExecutionCanceledEventAttributes;
                canceled.StartedEventId = childStarts.GetValueOrDefault(canceled.InitiatedEventId, canceled.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                var timedOut = e.ChildWorkflowExecutionTimedOutEventAttributes;
                timedOut.StartedEventId = childStarts.GetValueOrDefault(timedOut.InitiatedEventId, timedOut.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                var terminated = e.ChildWorkflowExecutionTerminatedEventAttributes;
                terminated.StartedEventId = childStarts.GetValueOrDefault(terminated.InitiatedEventId, terminated.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionOptionsUpdatedEventAttributes:
                if (e.WorkflowExecutionOptionsUpdatedEventAttributes.AttachedRequestId is { Length: > 0 } requestId)
                {
                    State.SetRequestAttached(requestId, e.EventType, e.EventId);
                }

                break;
        }
    }

    /// <summary>Whether an event waits while a workflow task is in flight: those that come from outside the task do.</summary>
    private static bool CanWait(EventType type) => type is EventType.WorkflowExecutionSignaled
        or EventType.WorkflowExecutionCancelRequested
        or EventType.TimerFired
        or EventType.ActivityTaskStarted
        or EventType.ChildWorkflowExecutionStarted
        or EventType.StartChildWorkflowExecutionFailed
        or EventType.ExternalWorkflowExecutionSignaled
        or EventType.SignalExternalWorkflowExecutionFailed
        or EventType.ExternalWorkflowExecutionCancelRequested
        or EventType.RequestCancelExternalWorkflowExecutionFailed
        or EventType.WorkflowExecutionOptionsUpdated
        or EventType.WorkflowExecutionUpdateAdmitted
        || IsResult(type);

    private static bool IsResult(EventType type) => type is EventType.ActivityTaskCompleted
        or EventType.ActivityTaskFailed
        or EventType.ActivityTaskTimedOut
        or EventType.ActivityTaskCanceled
        or EventType.ChildWorkflowExecutionCompleted
        or EventType.ChildWorkflowExecutionFailed
        or EventType.ChildWorkflowExecutionCanceled
        or EventType.ChildWorkflowExecutionTimedOut
        or EventType.ChildWorkflowExecutionTerminated;
}
