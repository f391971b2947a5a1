namespace Ecosystem.Temporal.Executions;

/// <content>Workflow tasks.</content>
internal sealed partial class Transaction
{
    /// <summary>Failed attempts after which the time a worker has grows.</summary>
    private const int AttemptsBeforeGrowth = 3;

    private static readonly TimeSpan SpeculativeScheduleToStart = TimeSpan.FromSeconds(5);

    /// <summary>Schedules a workflow task unless there is one, or the run waits for its first.</summary>
    public void ScheduleTaskIfNone()
    {
        if (State is { IsRunning: true, Task: null, InBackoff: false })
        {
            ScheduleTask();
        }
    }

    /// <summary>
    /// Schedules a workflow task. Only a first attempt leaves an event; a retry is transient, and a speculative task leaves none before it
    /// completes with something to keep.
    /// </summary>
    public void ScheduleTask(bool speculative = false)
    {
        var attempt = State.NextAttempt;
        if (State.Buffered.Count > 0)
        {
            FlushBuffered();
            attempt = 1;
        }

        State.NextAttempt = attempt;
        if (!speculative)
        {
            State.EndBackoff();
        }

        var sticky = attempt == 1 && State.StickyQueue is not null;
        var queue = sticky ? State.StickyQueue! : State.NormalQueue;
        var timeout = TaskTimeout(attempt);
        if (attempt == 1 && !speculative)
        {
            AddTaskScheduled(queue, timeout, attempt);
        }
        else
        {
            State.Task = new PendingWorkflowTask
            {
                ScheduledEventId = State.NextEventId,
                Attempt = attempt,
                TaskQueue = queue,
                StartToClose = timeout,
                ScheduledTime = Now,
                OriginalScheduledTime = Now,
                Speculative = speculative && attempt == 1,
            };
        }

        var real = Engine.RealNow;
        State.Task!.Deadline = sticky ? real + State.StickyTimeout
            : State.Task.Speculative ? real + SpeculativeScheduleToStart
            : DateTimeOffset.MaxValue;
        PublishTask();
    }

    /// <summary>Gives the pending workflow task to its queue once this change is durable.</summary>
    public void PublishTask()
    {
        if (State.Task is { IsStarted: false } task)
        {
            AfterCommit.Add(() => Engine.PublishWorkflowTask(Execution, task));
        }
    }

    /// <summary>Marks the pending workflow task as taken.</summary>
    public void StartTask(string identity, string requestId)
    {
        var task = State.Task!;
        if (task.HasNoEvents && task.ScheduledEventId != State.NextEventId)
        {
            // Events came since it was scheduled, so it can't stand where it was to stand: it becomes a first attempt with real events.
            State.NextAttempt = 1;
            AddTaskScheduled(task.TaskQueue, State.TaskTimeout.ToTimeSpan(), 1);
            task = State.Task!;
        }

        var reasons = Limits.SuggestContinueAsNew(State, Engine.HistoryLimits);
        var started = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = identity,
            RequestId = requestId,
            HistorySizeBytes = State.HistorySize,
            SuggestContinueAsNew = reasons.Count > 0,
            TargetWorkerDeploymentVersionChanged = Engine.NewTargetOf(State) is not null,
        };
        started.SuggestContinueAsNewReasons.AddRange(reasons);
        if (task.HasNoEvents)
        {
            task.StartedEventId = task.ScheduledEventId + 1;
            task.StartedTime = Now;
            task.RequestId = requestId;
            task.Identity = identity;
            task.HistorySize = State.HistorySize;
        }
        else
        {
            Add(new HistoryEvent { EventType = EventType.WorkflowTaskStarted, WorkflowTaskStartedEventAttributes = started });
        }

        task.SuggestContinueAsNew = reasons.Count > 0;
        task.SuggestReasons = reasons;
        task.TargetVersionChanged = started.TargetWorkerDeploymentVersionChanged;
        task.Deadline = Engine.RealNow + task.StartToClose;
    }

    /// <summary>Writes the scheduled and started events of a task that has none in history so far.</summary>
    /// <param name="identity">Who answered the task; empty if nobody did.</param>
    public void WriteTaskEvents(string identity)
    {
        var task = State.Task!;
        if (!task.HasNoEvents)
        {
            return;
        }

        foreach (var e in VirtualEvents(State, identity))
        {
            Write(e);
        }

        task.Speculative = false;
        State.EndBackoff();
    }

    /// <summary>The events that a transient or speculative task would have; they show in history while it is outstanding.</summary>
    public static List<HistoryEvent> VirtualEvents(ExecutionState state, string identity)
    {
        if (state.Task is not { HasNoEvents: true } task || task.ScheduledEventId != state.NextEventId || !state.IsRunning)
        {
            return [];
        }

        var events = new List<HistoryEvent>
        {
            new()
            {
                EventId = task.ScheduledEventId,
                EventTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
                EventType = EventType.WorkflowTaskScheduled,
                WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
                {
                    TaskQueue = task.TaskQueue,
                    StartToCloseTimeout = Duration.FromTimeSpan(task.StartToClose),
                    Attempt = task.Attempt,
                },
            },
        };
        if (task.IsStarted)
        {
            var started = new WorkflowTaskStartedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                Identity = identity,
                RequestId = task.RequestId,
                HistorySizeBytes = task.HistorySize,
                SuggestContinueAsNew = task.SuggestContinueAsNew,
                TargetWorkerDeploymentVersionChanged = task.TargetVersionChanged,
            };
            started.SuggestContinueAsNewReasons.AddRange(task.SuggestReasons);
            events.Add(new HistoryEvent
            {
                EventId = task.ScheduledEventId + 1,
                EventTime = Timestamp.FromDateTimeOffset(task.StartedTime),
                EventType = EventType.WorkflowTaskStarted,
                WorkflowTaskStartedEventAttributes = started,
            });
        }

        return events;
    }

    /// <summary>Ends the task in flight with a failure and, if the run goes on, schedules the next attempt.</summary>
    public void FailTask(WorkflowTaskFailedCause cause, Failure? failure, string identity, bool reschedule = true)
    {
        var task = State.Task!;
        var sticky = State.StickyQueue is not null;
        State.StickyQueue = null;
        if (task.Attempt == 1)
        {
            WriteTaskEvents(identity);
            Add(new HistoryEvent
            {
                EventType = EventType.WorkflowTaskFailed,
                WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
                {
                    ScheduledEventId = task.ScheduledEventId,
                    StartedEventId = task.StartedEventId,
                    Cause = cause,
                    Failure = failure,
                    Identity = identity,
                },
            });
        }
        else
        {
            State.Task = null;
            State.NextAttempt = task.Attempt + 1;
        }

        EndTask(sticky);
        if (reschedule)
        {
            ScheduleTask();
        }
    }

    /// <summary>Ends the pending task because the worker did not take or answer it in time, and schedules the next attempt.</summary>
    public void TimeOutTask()
    {
        var task = State.Task!;
        var sticky = State.StickyQueue is not null;
        State.StickyQueue = null;
        var type = task.IsStarted ? TimeoutType.StartToClose : TimeoutType.ScheduleToStart;
        if (task.Attempt == 1)
        {
            WriteTaskEvents("");
            Add(new HistoryEvent
            {
                EventType = EventType.WorkflowTaskTimedOut,
                WorkflowTaskTimedOutEventAttributes = new WorkflowTaskTimedOutEventAttributes
                {
                    ScheduledEventId = task.ScheduledEventId,
                    StartedEventId = task.StartedEventId,
                    TimeoutType = type,
                },
            });
        }
        else
        {
            State.Task = null;
            State.NextAttempt = task.Attempt + (task.IsStarted ? 1 : 0);
        }

        EndTask(sticky);
        ScheduleTask();
    }

    /// <summary>What a task in flight carried is to be carried by the next one.</summary>
    private void EndTask(bool sticky)
    {
        if (sticky)
        {
            // The worker that had the run in memory may be at fault; any worker gets it as if nothing had happened.
            State.NextAttempt = 1;
        }

        Execution.Updates.Unsend();
        Execution.Queries.Unsend();
        State.CloseAttempted = false;
    }

    private void AddTaskScheduled(TaskQueue queue, TimeSpan timeout, int attempt) => Add(new HistoryEvent
    {
        EventType = EventType.WorkflowTaskScheduled,
        WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
        {
            TaskQueue = queue,
            StartToCloseTimeout = Duration.FromTimeSpan(timeout),
            Attempt = attempt,
        },
    });

    private TimeSpan TaskTimeout(int attempt)
    {
        var timeout = State.TaskTimeout.ToTimeSpan();
        if (attempt <= AttemptsBeforeGrowth)
        {
            return timeout;
        }

        var growth = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(attempt - AttemptsBeforeGrowth - 1, 7)));
        growth = growth > TimeSpan.FromMinutes(10) ? TimeSpan.FromMinutes(10) : growth;
        return timeout + (growth * (0.8 + (0.2 * Random.Shared.NextDouble())));
    }
}
