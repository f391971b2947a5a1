using ActivityOptions = Temporalio.Api.Activity.V1.ActivityOptions;

namespace Ecosystem.Temporal.Executions;

/// <content>What operators do to pending activities: pause, unpause, reset, other options.</content>
internal sealed partial class Engine
{
    /// <summary>Holds activities back: one that runs may end its attempt, and none begins another.</summary>
    public Task PauseActivitiesAsync(NamespaceRecord ns, PauseActivityRequest request) => Operate(
        ns,
        request.Execution,
        activity => request.HasId ? activity.Scheduled.ActivityId == request.Id : activity.Scheduled.ActivityType.Name == request.Type,
        (transaction, activity) =>
        {
            if (activity.Paused)
            {
                if (activity.PauseRequestId != request.RequestId)
                {
                    throw RpcErrors.FailedPrecondition("activity is already paused");
                }

                return;
            }

            if (!activity.IsStarted)
            {
                activity.Stamp++;
            }

            activity.Paused = true;
            activity.PauseTime = transaction.Now;
            activity.PauseIdentity = request.Identity;
            activity.PauseReason = request.Reason;
            activity.PauseRequestId = request.RequestId;
        });

    /// <summary>Lets paused activities go on, at once.</summary>
    public Task UnpauseActivitiesAsync(NamespaceRecord ns, UnpauseActivityRequest request) => Operate(
        ns,
        request.Execution,
        activity => request.HasUnpauseAll
            || (request.HasId ? activity.Scheduled.ActivityId == request.Id : activity.Scheduled.ActivityType.Name == request.Type),
        (transaction, activity) =>
        {
            if (!activity.Paused)
            {
                return;
            }

            activity.Paused = false;
            activity.Stamp++;
            activity.Attempt = request.ResetAttempts ? 1 : activity.Attempt;
            if (request.ResetHeartbeat)
            {
                activity.ClearHeartbeat();
            }

            if (!activity.IsStarted)
            {
                RunAgain(transaction, activity, Jittered(transaction.Now, request.Jitter));
            }
        });

    /// <summary>Sets activities back to their first attempt.</summary>
    public Task ResetActivitiesAsync(NamespaceRecord ns, ResetActivityRequest request) => Operate(
        ns,
        request.Execution,
        activity => request.HasMatchAll
            || (request.HasId ? activity.Scheduled.ActivityId == request.Id : activity.Scheduled.ActivityType.Name == request.Type),
        (transaction, activity) =>
        {
            activity.Attempt = 1;
            activity.ResetRequested = true;
            activity.ResetHeartbeats |= request.ResetHeartbeat;
            if (request.RestoreOriginalOptions)
            {
                activity.ChangedOptions = null;
                activity.Stamp++;
            }

            if (activity.IsStarted || (activity.Paused && request.KeepPaused))
            {
                return;
            }

            activity.Stamp++;
            activity.Paused = false;
            RunAgain(transaction, activity, Jittered(transaction.Now, request.Jitter));
        });

    /// <summary>Changes options of activities; the answer shows those of the last.</summary>
    public async Task<UpdateActivityOptionsResponse> UpdateActivityOptionsAsync(NamespaceRecord ns, UpdateActivityOptionsRequest request)
    {
        var response = new UpdateActivityOptionsResponse();
        await Operate(
            ns,
            request.Execution,
            activity => request.HasMatchAll
                || (request.HasId ? activity.Scheduled.ActivityId == request.Id : activity.Scheduled.ActivityType.Name == request.Type),
            (transaction, activity) =>
            {
                if (request.RestoreOriginal)
                {
                    activity.ChangedOptions = null;
                    response.ActivityOptions = PlainOptions(activity);
                    response.ActivityOptions.TaskQueue.Kind = TaskQueueKind.Unspecified;
                }
                else
                {
                    activity.ChangedOptions = ActivityOptionsUpdate.Merge(
                        PlainOptions(activity),
                        request.ActivityOptions,
                        request.UpdateMask ?? throw RpcErrors.InvalidArgument("UpdateMask is not provided"),
                        activity);
                    response.ActivityOptions = PlainOptions(activity);
                }

                activity.Stamp++;
                if (activity.IsStarted || activity.Paused)
                {
                    return;
                }

                var next = activity.ScheduledTime;
                if (next > transaction.Now && activity is { Attempt: > 1, LastAttemptCompleteTime: { } completed, RetryPolicy: { } policy })
                {
                    next = completed + RetryDecision.Interval(policy, activity.Attempt - 1);
                }

                Reschedule(transaction, activity, next);
            },
            () =>
            {
                if (!request.RestoreOriginal && request.ActivityOptions is null)
                {
                    throw RpcErrors.InvalidArgument("ActivityOptions are not provided");
                }
            });
        return response;
    }

    /// <summary>The options in force, as an update answers them: retries without the error types that end them.</summary>
    private static ActivityOptions PlainOptions(PendingActivity activity)
    {
        var options = ExecutionDescription.Options(activity);
        options.TaskQueue = new TaskQueue { Name = activity.TaskQueue.Name, Kind = TaskQueueKind.Normal };
        return options;
    }

    private Task Operate(
        NamespaceRecord ns,
        WorkflowExecution target,
        Func<PendingActivity, bool> which,
        Action<Transaction, PendingActivity> operation,
        Action? check = null) => WithChain(ns, target.WorkflowId, chain =>
    {
        var execution = Resolve(chain, target.RunId);
        if (!execution.State.IsRunning)
        {
            throw RpcErrors.AlreadyCompleted();
        }

        check?.Invoke();
        var activities = execution.State.Activities.Values.Where(which).OrderBy(activity => activity.ScheduledEventId).ToList();
        if (activities.Count == 0)
        {
            throw RpcErrors.NotFound("activity not found");
        }

        var transaction = new Transaction(this, execution) { VisibilityChanged = true };
        try
        {
            activities.ForEach(activity => operation(transaction, activity));
        }
        catch
        {
            Rollback(execution);
            throw;
        }

        return Commit(transaction);
    });

    /// <summary>An activity that nobody has begins its attempt anew, as if none had failed.</summary>
    private void RunAgain(Transaction transaction, PendingActivity activity, DateTimeOffset time)
    {
        activity.LastFailure = null;
        if (activity.ResetHeartbeats)
        {
            activity.ClearHeartbeat();
        }

        activity.ResetRequested = false;
        activity.ResetHeartbeats = false;
        Reschedule(transaction, activity, time);
    }

    private void Reschedule(Transaction transaction, PendingActivity activity, DateTimeOffset time)
    {
        activity.ScheduledTime = time;
        activity.RetryInterval = time > transaction.Now && activity.LastAttemptCompleteTime is { } completed ? time - completed : null;
        activity.Dispatched = time <= transaction.Now;
        if (activity.Dispatched)
        {
            var state = transaction.State;
            transaction.AfterCommit.Add(() => PublishActivity(state, activity));
        }
    }

    private static DateTimeOffset Jittered(DateTimeOffset time, Duration? jitter) =>
        jitter is { Seconds: > 0 } or { Nanos: > 0 } ? time + (jitter.ToTimeSpan() * Random.Shared.NextDouble()) : time;
}
