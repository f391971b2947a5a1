namespace Ecosystem.Temporal.Executions;

/// <content>Activities: handing them out, their ends, retries and time-outs.</content>
internal sealed partial class Engine
{
    private const string OutOfTime = "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying";

    /// <summary>Ends an activity well. Whoever knows its id may do so before a worker has taken it.</summary>
    public async Task CompleteActivityAsync(TaskToken token, Payloads? result, string identity, bool isKnownById = false)
    {
        await WithActivity(token, (transaction, activity) =>
        {
            if (!activity.IsStarted)
            {
                activity.StartedTime = transaction.Now;
                activity.RequestId = "";
                activity.Identity = identity;
            }

            if (SizeOf(result) > Limits.BlobError)
            {
                EndActivity(transaction, activity, identity, FailureCut.Server("Complete result exceeds size limit."), RetryState.NonRetryableFailure);
                return;
            }

            AddStarted(transaction, activity);
            transaction.Add(new HistoryEvent
            {
                EventType = EventType.ActivityTaskCompleted,
                ActivityTaskCompletedEventAttributes = new ActivityTaskCompletedEventAttributes
                {
                    Result = result,
                    ScheduledEventId = activity.ScheduledEventId,
                    StartedEventId = StartedEventId(transaction, activity),
                    Identity = identity,
                },
            });
            transaction.ScheduleTaskIfNone();
        }, mayWait: isKnownById);
    }

    public async Task FailActivityAsync(TaskToken token, Failure? failure, Payloads? heartbeat, string identity)
    {
        await WithActivity(token, (transaction, activity) =>
        {
            if (heartbeat is not null && SizeOf(heartbeat) <= Limits.BlobError)
            {
                activity.HeartbeatDetails = heartbeat;
                activity.HeartbeatTime = transaction.Now;
            }

            if (failure is not null && failure.CalculateSize() > Limits.BlobError)
            {
                failure = FailureCut.TooLarge(failure, Limits.BlobWarning, nonRetryable: true);
            }

            failure ??= new Failure();
            var retry = DecideRetry(transaction, activity, failure);
            if (retry.Retries)
            {
                Retry(transaction, activity, failure, retry.Delay);
                return;
            }

            EndActivity(transaction, activity, identity, failure, retry.State);
        });
    }

    public async Task CancelActivityAsync(TaskToken token, Payloads? details, string identity)
    {
        await WithActivity(token, (transaction, activity) =>
        {
            if (!activity.CancelRequested)
            {
                throw RpcErrors.InvalidArgument(
                    "unable to mark activity as canceled without activity being request canceled first");
            }

            if (SizeOf(details) > Limits.BlobError)
            {
                EndActivity(transaction, activity, identity, FailureCut.Server("Cancel details exceed size limit."), RetryState.NonRetryableFailure);
                return;
            }

            AddStarted(transaction, activity);
            transaction.Add(new HistoryEvent
            {
                EventType = EventType.ActivityTaskCanceled,
                ActivityTaskCanceledEventAttributes = new ActivityTaskCanceledEventAttributes
                {
                    Details = details,
                    LatestCancelRequestedEventId = activity.CancelRequestedEventId,
                    ScheduledEventId = activity.ScheduledEventId,
                    StartedEventId = StartedEventId(transaction, activity),
                    Identity = identity,
                },
            });
            transaction.ScheduleTaskIfNone();
        });
    }

    public async Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(TaskToken token, Payloads? details)
    {
        var response = new RecordActivityTaskHeartbeatResponse();
        var durable = WithActivity(token, (transaction, activity) =>
        {
            if (SizeOf(details) > Limits.BlobError)
            {
                EndActivity(transaction, activity, activity.Identity, FailureCut.Server("Heartbeat details exceed size limit."), RetryState.NonRetryableFailure);
                response.CancelRequested = true;
                return;
            }

            activity.HeartbeatDetails = details;
            activity.HeartbeatTime = transaction.Now;
            response.CancelRequested = activity.CancelRequested;
            response.ActivityPaused = activity.Paused;
            response.ActivityReset = activity.ResetRequested;
        });
        await durable;
        return response;
    }

    /// <summary>The token of an activity that is known by its id.</summary>
    public TaskToken TokenById(NamespaceRecord ns, string workflowId, string runId, string activityId) => WithChain(ns, workflowId, chain =>
    {
        var execution = Resolve(chain, runId);
        if (!execution.State.ActivitiesById.TryGetValue(activityId, out var activity))
        {
            throw RpcErrors.NotFound($"cannot find pending activity with ActivityID {activityId}, check workflow execution history for more details");
        }

        return new TaskToken(
            ns.Id,
            workflowId,
            execution.State.RunId,
            activity.ScheduledEventId,
            0,
            activity.Attempt,
            activity.Stamp,
            "");
    });

    private Task WithActivity(TaskToken token, Action<Transaction, PendingActivity> body, bool mayWait = false)
    {
        var ns = Namespaces.GetById(token.NamespaceId);
        return WithChain(ns, token.WorkflowId, chain =>
        {
            var execution = FindRun(chain, token.RunId) ?? throw RpcErrors.ActivityNotFound();
            var state = execution.State;
            if (!state.IsRunning)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            if (!state.Activities.TryGetValue(token.ScheduledEventId, out var activity)
                || !(activity.IsStarted || mayWait)
                || activity.Attempt != token.Attempt
                || (token.StartedEventId != 0 && activity.Stamp < token.Stamp))
            {
                throw RpcErrors.ActivityNotFound();
            }

            var transaction = new Transaction(this, execution);
            body(transaction, activity);
            return Commit(transaction);
        });
    }

    /// <summary>Marks an activity as taken; the task is the write that has to be durable before the worker may have it.</summary>
    private (PollActivityTaskQueueResponse? Response, Task Durable) StartActivity(QueueTask task, string identity) =>
        WithChain(task.Namespace, task.WorkflowId, chain =>
        {
            if (FindRun(chain, task.RunId) is not { State: { IsRunning: true } state } execution
                || !state.Activities.TryGetValue(task.ScheduledEventId, out var activity)
                || activity.IsStarted
                || activity.Paused
                || activity.Stamp != task.Stamp
                || activity.Attempt != task.Attempt)
            {
                return ((PollActivityTaskQueueResponse?)null, Task.CompletedTask);
            }

            var transaction = new Transaction(this, execution);
            var response = StartActivity(transaction, activity, identity);

            // An activity that must not run twice is only handed out once that is on disk.
            var mayRepeat = activity.RetryPolicy?.MaximumAttempts != 1;
            var durable = Commit(new StoreWrite { IsLazy = mayRepeat }, transaction);
            if (!execution.State.IsRunning)
            {
                ObserveFailure(durable);
                return (null, Task.CompletedTask);
            }

            if (mayRepeat)
            {
                ObserveFailure(durable);
                durable = Task.CompletedTask;
            }

            return (response, durable);
        });

    private static PollActivityTaskQueueResponse StartActivity(Transaction transaction, PendingActivity activity, string identity)
    {
        var state = transaction.State;
        activity.StartedTime = transaction.Now;
        activity.RequestId = Guid.NewGuid().ToString();
        activity.Identity = identity;
        activity.RetryInterval = null;
        var scheduled = activity.Scheduled;
        return new PollActivityTaskQueueResponse
        {
            TaskToken = new TaskToken(
                state.Namespace.Id,
                state.WorkflowId,
                state.RunId,
                activity.ScheduledEventId,
                1,
                activity.Attempt,
                activity.Stamp,
                "").ToByteString(),
            WorkflowNamespace = state.Namespace.Name,
            WorkflowType = state.Started.WorkflowType,
            WorkflowExecution = state.Execution,
            ActivityType = scheduled.ActivityType,
            ActivityId = scheduled.ActivityId,
            Header = scheduled.Header,
            Input = scheduled.Input,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = Timestamp.FromDateTimeOffset(activity.FirstScheduledTime),
            CurrentAttemptScheduledTime = Timestamp.FromDateTimeOffset(activity.ScheduledTime),
            StartedTime = Timestamp.FromDateTimeOffset(transaction.Now),
            Attempt = activity.Attempt,
            // As scheduled: changed time-outs hold, but the worker is told the first ones.
            ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout,
            StartToCloseTimeout = scheduled.StartToCloseTimeout,
            HeartbeatTimeout = scheduled.HeartbeatTimeout,
            RetryPolicy = activity.RetryPolicy,
            Priority = Priorities.Merge(state.Priority, activity.Priority),
        };
    }

    /// <summary>Does what is due for an activity; returns whether anything was.</summary>
    private bool FireActivity(Transaction transaction, PendingActivity activity)
    {
        var (time, kind) = activity.NextTimer();
        if (kind == ActivityTimer.None || time > transaction.Now)
        {
            return false;
        }

        if (kind == ActivityTimer.Retry)
        {
            activity.Dispatched = true;
            var state = transaction.State;
            transaction.AfterCommit.Add(() => PublishActivity(state, activity));
            return true;
        }

        TimeOutActivity(transaction, activity, kind switch
        {
            ActivityTimer.StartToClose => TimeoutType.StartToClose,
            ActivityTimer.Heartbeat => TimeoutType.Heartbeat,
            ActivityTimer.ScheduleToStart => TimeoutType.ScheduleToStart,
            _ => TimeoutType.ScheduleToClose,
        });
        return true;
    }

    /// <summary>A time of an activity is over: it is tried again, after the delay of its retry policy or at once, or ends.</summary>
    private void TimeOutActivity(Transaction transaction, PendingActivity activity, TimeoutType type, bool delays = true)
    {
        var failure = Timeout(type, activity.HeartbeatDetails);
        var retry = type switch
        {
            TimeoutType.ScheduleToStart or TimeoutType.ScheduleToClose => new RetryDecision(RetryState.Timeout, default),
            _ => DecideRetry(transaction, activity, Timeout(type, null)),
        };
        if (retry.Retries)
        {
            Retry(transaction, activity, Timeout(type, null), delays ? retry.Delay : TimeSpan.Zero);
            return;
        }

        if (retry.State == RetryState.Timeout && type != TimeoutType.ScheduleToStart)
        {
            failure = new Failure
            {
                Message = OutOfTime,
                Source = "Server",
                TimeoutFailureInfo = new TimeoutFailureInfo
                {
                    TimeoutType = TimeoutType.ScheduleToClose,
                    LastHeartbeatDetails = activity.HeartbeatDetails,
                },
            };
        }

        var started = AddStarted(transaction, activity);
        transaction.Add(new HistoryEvent
        {
            EventType = EventType.ActivityTaskTimedOut,
            ActivityTaskTimedOutEventAttributes = new ActivityTaskTimedOutEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = started,
                RetryState = retry.State,
            },
        });
        transaction.ScheduleTaskIfNone();
    }

    private static Failure Timeout(TimeoutType type, Payloads? heartbeat) => new()
    {
        Message = $"activity {type} timeout",
        Source = "Server",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type, LastHeartbeatDetails = heartbeat },
    };

    private static RetryDecision DecideRetry(Transaction transaction, PendingActivity activity, Failure failure) => activity.CancelRequested
        ? new RetryDecision(RetryState.CancelRequested, default)
        : RetryDecision.Decide(transaction.Now, activity.RetryPolicy, activity.Attempt, failure, activity.Expiration);

    private void Retry(Transaction transaction, PendingActivity activity, Failure failure, TimeSpan delay)
    {
        activity.LastFailure = failure.CalculateSize() > Limits.KeptFailureError
            ? FailureCut.TooLarge(failure, Limits.KeptFailureWarning, nonRetryable: false)
            : failure;
        activity.LastAttemptCompleteTime = transaction.Now;
        activity.StartedTime = null;
        activity.RequestId = "";
        activity.Dispatched = false;
        activity.RetryInterval = delay;
        activity.ScheduledTime = transaction.Now + delay;
        activity.Attempt++;
        if (activity.ResetRequested)
        {
            activity.ResetRequested = false;
            if (activity.ResetHeartbeats)
            {
                activity.ClearHeartbeat();
                activity.ResetHeartbeats = false;
            }
        }

        if (delay <= TimeSpan.Zero && !activity.Paused)
        {
            activity.Dispatched = true;
            var state = transaction.State;
            transaction.AfterCommit.Add(() => PublishActivity(state, activity));
        }
    }

    private static void EndActivity(Transaction transaction, PendingActivity activity, string identity, Failure failure, RetryState retryState)
    {
        var started = AddStarted(transaction, activity);
        transaction.Add(new HistoryEvent
        {
            EventType = EventType.ActivityTaskFailed,
            ActivityTaskFailedEventAttributes = new ActivityTaskFailedEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = started,
                Identity = identity,
                RetryState = retryState,
            },
        });
        transaction.ScheduleTaskIfNone();
    }

    /// <summary>An activity's started event comes into history when it ends, just before its result.</summary>
    private static long AddStarted(Transaction transaction, PendingActivity activity)
    {
        if (activity.StartedTime is not { } startedTime)
        {
            return 0;
        }

        var e = transaction.Add(new HistoryEvent
        {
            EventType = EventType.ActivityTaskStarted,
            ActivityTaskStartedEventAttributes = new ActivityTaskStartedEventAttributes
            {
                ScheduledEventId = activity.ScheduledEventId,
                Identity = activity.Identity,
                RequestId = activity.RequestId,
                Attempt = activity.Attempt,
                LastFailure = activity.LastFailure,
            },
        }, startedTime);
        return e.EventId;
    }

    private static long StartedEventId(Transaction transaction, PendingActivity activity) =>
        transaction.Events.LastOrDefault(e => e.EventType == EventType.ActivityTaskStarted
            && e.ActivityTaskStartedEventAttributes.ScheduledEventId == activity.ScheduledEventId)?.EventId ?? ExecutionState.BufferedEventId;

    private static int SizeOf(Payloads? message) => message?.CalculateSize() ?? 0;
}
