using Temporalio.Api.Activity.V1;
using ActivityOptions = Temporalio.Api.Activity.V1.ActivityOptions;

namespace Ecosystem.Temporal.Activities;

/// <summary>The decisions about a standalone activity. They change it and nothing else.</summary>
internal static class StandaloneActivityMachine
{
    public static StandaloneActivity Create(NamespaceRecord ns, long rowKey, StartActivityExecutionRequest request, DateTimeOffset now)
    {
        var activity = new StandaloneActivity
        {
            Namespace = ns,
            RowKey = rowKey,
            Request = request,
            Info = new ActivityExecutionInfo
            {
                ActivityId = request.ActivityId,
                RunId = Guid.NewGuid().ToString(),
                ActivityType = request.ActivityType,
                Status = ActivityExecutionStatus.Running,
                RunState = PendingActivityState.Scheduled,
                TaskQueue = request.TaskQueue.Name,
                ScheduleToCloseTimeout = request.ScheduleToCloseTimeout,
                ScheduleToStartTimeout = request.ScheduleToStartTimeout,
                StartToCloseTimeout = request.StartToCloseTimeout,
                HeartbeatTimeout = request.HeartbeatTimeout,
                RetryPolicy = request.RetryPolicy,
                Attempt = 1,
                ScheduleTime = Timestamp.FromDateTimeOffset(now),
                Priority = request.Priority,
                SearchAttributes = SearchAttributePayloads.WithTypes(request.SearchAttributes, ns.SearchAttributes) ?? new SearchAttributes(),
                Header = request.Header,
                UserMetadata = request.UserMetadata,
                StartDelay = request.StartDelay,
                StateTransitionCount = 1,
            },
        };
        activity.Info.Links.AddRange(request.Links);
        activity.AttemptTime = activity.FirstAttemptTime;
        activity.Info.ExecutionTime = Timestamp.FromDateTimeOffset(activity.FirstAttemptTime);
        return activity;
    }

    public static void Start(StandaloneActivity activity, PollerIdentity poller, DateTimeOffset now)
    {
        activity.Info.RunState = PendingActivityState.Started;
        activity.Info.LastStartedTime = Timestamp.FromDateTimeOffset(now);
        activity.Info.LastWorkerIdentity = poller.Identity;
        activity.Info.LastDeploymentVersion = DeploymentVersions.Parse(poller.Version);
        (activity.Info.SdkName, activity.Info.SdkVersion) = poller.Sdk;
        activity.Info.NextAttemptScheduleTime = null;
        activity.Info.CurrentRetryInterval = null;
    }

    public static void Complete(StandaloneActivity activity, Payloads? result, string identity, DateTimeOffset now)
    {
        activity.Info.LastAttemptCompleteTime = Timestamp.FromDateTimeOffset(now);
        activity.Info.LastWorkerIdentity = identity;
        End(activity, ActivityExecutionStatus.Completed, new ActivityExecutionOutcome { Result = result ?? new Payloads() }, now);
    }

    /// <summary>An attempt failed: it is tried again, or that is how the activity ends.</summary>
    public static void Fail(StandaloneActivity activity, Failure failure, string identity, DateTimeOffset now, ActivityExecutionStatus endsAs = ActivityExecutionStatus.Failed, bool delays = true)
    {
        var retry = activity.CancelRequested
            ? new RetryDecision(RetryState.CancelRequested, default)
            : RetryDecision.Decide(now, activity.Info.RetryPolicy, activity.Info.Attempt, failure, activity.Expiration);
        activity.Info.LastFailure = failure;
        activity.Info.LastAttemptCompleteTime = Timestamp.FromDateTimeOffset(now);
        activity.Info.LastWorkerIdentity = identity.Length > 0 ? identity : activity.Info.LastWorkerIdentity;
        if (!retry.Retries)
        {
            End(activity, endsAs, new ActivityExecutionOutcome { Failure = failure, RetryState = retry.State }, now);
            return;
        }

        var paused = activity.ResetRequested ? activity.ResetKeepsPaused : activity.IsPaused;
        activity.Info.Attempt = activity.ResetRequested ? 1 : activity.Info.Attempt + 1;
        if (activity.ResetHeartbeats)
        {
            ClearHeartbeat(activity);
        }

        (activity.ResetRequested, activity.ResetKeepsPaused, activity.ResetHeartbeats) = (false, false, false);
        SetState(activity, paused ? PendingActivityState.Paused : PendingActivityState.Scheduled);
        var delay = delays ? retry.Delay : TimeSpan.Zero;
        activity.Info.CurrentRetryInterval = Duration.FromTimeSpan(delay);
        Schedule(activity, now + delay, now);
    }

    /// <summary>Ends the activity, or begins the next attempt, because a time is over; an attempt whose worker ended need not wait for the next.</summary>
    public static void TimeOut(StandaloneActivity activity, ActivityTimer kind, DateTimeOffset now, bool delays = true)
    {
        var type = kind switch
        {
            ActivityTimer.StartToClose => TimeoutType.StartToClose,
            ActivityTimer.Heartbeat => TimeoutType.Heartbeat,
            ActivityTimer.ScheduleToStart => TimeoutType.ScheduleToStart,
            _ => TimeoutType.ScheduleToClose,
        };
        var failure = new Failure { Message = $"activity {type} timeout", TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type } };
        if (type is TimeoutType.ScheduleToStart or TimeoutType.ScheduleToClose)
        {
            End(activity, ActivityExecutionStatus.TimedOut, new ActivityExecutionOutcome { Failure = failure, RetryState = RetryState.Timeout }, now);
            return;
        }

        Fail(activity, failure, "", now, ActivityExecutionStatus.TimedOut, delays);
    }

    /// <summary>Asks for the end; one that no worker has ends at once.</summary>
    public static void RequestCancel(StandaloneActivity activity, RequestCancelActivityExecutionRequest request, DateTimeOffset now)
    {
        if (activity.CancelRequestId.Length > 0 && activity.IsRunning)
        {
            if (activity.CancelRequestId != request.RequestId)
            {
                throw RpcErrors.FailedPrecondition($"cancellation already requested with request ID {activity.CancelRequestId}");
            }

            return;
        }

        RequireRunning(activity);
        activity.CancelRequestId = request.RequestId;
        activity.CancelIdentity = request.Identity;
        activity.Info.CanceledReason = request.Reason;
        if (activity.IsStarted)
        {
            activity.Info.RunState = PendingActivityState.CancelRequested;
            return;
        }

        var reason = new Payload { Data = ByteString.CopyFrom(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(request.Reason)) };
        reason.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        Cancel(activity, new Payloads { Payloads_ = { reason } }, now);
    }

    public static void Cancel(StandaloneActivity activity, Payloads? details, DateTimeOffset now) => End(
        activity,
        ActivityExecutionStatus.Canceled,
        new ActivityExecutionOutcome
        {
            Failure = new Failure
            {
                Message = "Activity canceled",
                CanceledFailureInfo = new CanceledFailureInfo { Details = details, Identity = activity.CancelIdentity },
            },
        },
        now);

    public static void Terminate(StandaloneActivity activity, string reason, string identity, string requestId, DateTimeOffset now)
    {
        if (activity.Info.Status == ActivityExecutionStatus.Terminated)
        {
            if (activity.TerminateRequestId != requestId)
            {
                throw RpcErrors.FailedPrecondition($"already terminated with request ID {activity.TerminateRequestId}");
            }

            return;
        }

        RequireRunning(activity);
        activity.TerminateRequestId = requestId;
        End(
            activity,
            ActivityExecutionStatus.Terminated,
            new ActivityExecutionOutcome
            {
                Failure = new Failure { Message = reason, TerminatedFailureInfo = new TerminatedFailureInfo { Identity = identity } },
            },
            now);
    }

    public static void Pause(StandaloneActivity activity, PauseActivityExecutionRequest request)
    {
        RequireOpen(activity);
        if (activity.CancelRequested)
        {
            throw RpcErrors.FailedPrecondition("cannot pause an activity with a pending cancellation");
        }

        if (activity.IsPaused)
        {
            if (request.RequestId.Length > 0 && activity.PauseRequestId == request.RequestId)
            {
                return;
            }

            throw RpcErrors.FailedPrecondition("activity is already paused");
        }

        activity.PauseRequestId = request.RequestId;
        if (!activity.IsStarted)
        {
            activity.Stamp++;
        }

        SetState(activity, activity.IsStarted ? PendingActivityState.PauseRequested : PendingActivityState.Paused);
    }

    public static void Unpause(StandaloneActivity activity, UnpauseActivityExecutionRequest request, DateTimeOffset now)
    {
        RequireOpen(activity);
        if (!activity.IsPaused)
        {
            return;
        }

        if (activity.Info.RunState == PendingActivityState.PauseRequested)
        {
            activity.Info.RunState = PendingActivityState.Started;
            return;
        }

        SetState(activity, PendingActivityState.Scheduled);
        activity.Info.CurrentRetryInterval = null;
        Schedule(activity, NotBeforeFirst(activity, Jittered(now, request.Jitter)), now);
    }

    public static void Reset(StandaloneActivity activity, ResetActivityExecutionRequest request, DateTimeOffset now)
    {
        if (activity.CancelRequested)
        {
            throw RpcErrors.FailedPrecondition("cannot reset an activity with a pending cancellation");
        }

        RequireRunning(activity);
        if (request.RestoreOriginalOptions)
        {
            Apply(activity, OriginalOptions(activity));
        }

        if (activity.IsStarted)
        {
            activity.ResetRequested = true;
            activity.ResetHeartbeats |= request.ResetHeartbeat;
            activity.ResetKeepsPaused = request.KeepPaused && activity.IsPaused;
            activity.Info.RunState = activity.IsPaused && !request.KeepPaused ? PendingActivityState.Started : activity.Info.RunState;
            return;
        }

        activity.Info.Attempt = 1;
        activity.Info.CurrentRetryInterval = null;
        if (request.ResetHeartbeat)
        {
            ClearHeartbeat(activity);
        }

        if (activity.IsPaused && request.KeepPaused)
        {
            activity.Stamp++;
            return;
        }

        SetState(activity, PendingActivityState.Scheduled);
        var time = Jittered(now, request.Jitter);
        Schedule(activity, request.RestoreOriginalOptions ? NotBeforeFirst(activity, time) : time, now);
    }

    public static ActivityOptions UpdateOptions(StandaloneActivity activity, UpdateActivityExecutionOptionsRequest request, DateTimeOffset now)
    {
        if (!activity.IsRunning)
        {
            throw RpcErrors.FailedPrecondition($"Cannot update options for activity in state {activity.Info.Status}");
        }

        if (request.RestoreOriginal)
        {
            Apply(activity, OriginalOptions(activity));
        }
        else
        {
            var mask = request.UpdateMask ?? throw RpcErrors.InvalidArgument("UpdateMask is not provided");
            CheckStartDelay(activity, request.ActivityOptions, mask, now);
            var merged = ActivityOptionsUpdate.Merge(
                Options(activity),
                request.ActivityOptions ?? throw RpcErrors.InvalidArgument("ActivityOptions are not provided"),
                mask);
            ActivityOptionsUpdate.Normalize(merged, activity.Id, activity.Info.ActivityType.Name);
            Apply(activity, merged);
        }

        if (!activity.IsStarted && !activity.IsPaused)
        {
            var next = activity.Info is { Attempt: > 1, LastAttemptCompleteTime: { } completed, RetryPolicy: { } policy } && activity.AttemptTime > now
                ? completed.ToDateTimeOffset() + RetryDecision.Interval(policy, activity.Info.Attempt - 1)
                : activity.AttemptTime;
            Schedule(activity, activity.Info.Attempt == 1 && activity.FirstAttemptTime > now ? activity.FirstAttemptTime : next, now);
        }

        return Options(activity);
    }

    /// <summary>Takes in a sign of life; what it does not say is forgotten.</summary>
    public static RecordActivityTaskHeartbeatResponse Heartbeat(StandaloneActivity activity, Payloads? details, DateTimeOffset now)
    {
        activity.Info.HeartbeatDetails = details;
        activity.Info.LastHeartbeatTime = Timestamp.FromDateTimeOffset(now);
        activity.Info.TotalHeartbeatCount++;
        return new RecordActivityTaskHeartbeatResponse
        {
            CancelRequested = activity.CancelRequested,
            ActivityPaused = activity.IsPaused,
            ActivityReset = activity.ResetRequested,
        };
    }

    /// <summary>A start delay can be changed while it lasts.</summary>
    private static void CheckStartDelay(StandaloneActivity activity, ActivityOptions? options, Google.Protobuf.WellKnownTypes.FieldMask mask, DateTimeOffset now)
    {
        if (!mask.Paths.Any(path => path is "start_delay" or "startDelay"))
        {
            return;
        }

        if (options?.StartDelay is { Seconds: < 0 } or { Nanos: < 0 })
        {
            throw RpcErrors.InvalidArgument("invalid StartDelay: negative duration");
        }

        if (activity.Info.RunState != PendingActivityState.Scheduled || activity.FirstAttemptTime <= now)
        {
            throw RpcErrors.InvalidArgument("cannot update start_delay: activity is no longer in its delay window");
        }
    }

    private static ActivityOptions Options(StandaloneActivity activity) => new()
    {
        TaskQueue = new TaskQueue { Name = activity.Info.TaskQueue, Kind = TaskQueueKind.Normal },
        ScheduleToCloseTimeout = activity.Info.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = activity.Info.ScheduleToStartTimeout,
        StartToCloseTimeout = activity.Info.StartToCloseTimeout,
        HeartbeatTimeout = activity.Info.HeartbeatTimeout,
        RetryPolicy = activity.Info.RetryPolicy,
        Priority = activity.Info.Priority,
        StartDelay = activity.Info.StartDelay,
    };

    private static ActivityOptions OriginalOptions(StandaloneActivity activity) => new()
    {
        TaskQueue = activity.Request.TaskQueue,
        ScheduleToCloseTimeout = activity.Request.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = activity.Request.ScheduleToStartTimeout,
        StartToCloseTimeout = activity.Request.StartToCloseTimeout,
        HeartbeatTimeout = activity.Request.HeartbeatTimeout,
        RetryPolicy = activity.Request.RetryPolicy,
        Priority = activity.Request.Priority,
        StartDelay = activity.Request.StartDelay,
    };

    private static void Apply(StandaloneActivity activity, ActivityOptions options)
    {
        var info = activity.Info;
        info.TaskQueue = options.TaskQueue.Name;
        info.ScheduleToCloseTimeout = options.ScheduleToCloseTimeout;
        info.ScheduleToStartTimeout = options.ScheduleToStartTimeout;
        info.StartToCloseTimeout = options.StartToCloseTimeout;
        info.HeartbeatTimeout = options.HeartbeatTimeout;
        info.RetryPolicy = options.RetryPolicy;
        info.Priority = options.Priority;
        info.StartDelay = info.LastStartedTime is null ? options.StartDelay : info.StartDelay;
    }

    /// <summary>How far the attempt is; an activity that waits, paused, shows so in its status, too.</summary>
    private static void SetState(StandaloneActivity activity, PendingActivityState state)
    {
        activity.Info.RunState = state;
        activity.Info.Status = state == PendingActivityState.Paused ? ActivityExecutionStatus.Paused : ActivityExecutionStatus.Running;
    }

    /// <summary>A time at which the activity may be taken: until it first was, not before its start delay is over.</summary>
    private static DateTimeOffset NotBeforeFirst(StandaloneActivity activity, DateTimeOffset time) =>
        activity.Info.LastStartedTime is null && activity.FirstAttemptTime > time ? activity.FirstAttemptTime : time;

    private static void ClearHeartbeat(StandaloneActivity activity)
    {
        activity.Info.HeartbeatDetails = null;
        activity.Info.LastHeartbeatTime = null;
    }

    private static void Schedule(StandaloneActivity activity, DateTimeOffset time, DateTimeOffset now)
    {
        activity.Stamp++;
        activity.AttemptTime = time;
        activity.Dispatched = false;
        activity.Info.NextAttemptScheduleTime = time > now && activity.Info.CurrentRetryInterval is not null ? Timestamp.FromDateTimeOffset(time) : null;
    }

    private static void End(StandaloneActivity activity, ActivityExecutionStatus status, ActivityExecutionOutcome outcome, DateTimeOffset now)
    {
        activity.Stamp++;
        activity.Info.Status = status;
        activity.Info.RunState = PendingActivityState.Unspecified;
        activity.Info.CurrentRetryInterval = null;
        activity.Info.NextAttemptScheduleTime = null;
        activity.Info.CloseTime = Timestamp.FromDateTimeOffset(now);
        activity.Outcome = outcome;
    }

    private static void RequireRunning(StandaloneActivity activity)
    {
        if (!activity.IsRunning)
        {
            throw RpcErrors.FailedPrecondition("activity execution is not running");
        }
    }

    private static void RequireOpen(StandaloneActivity activity)
    {
        if (!activity.IsRunning)
        {
            throw RpcErrors.FailedPrecondition($"activity is in terminal state {activity.Info.Status}");
        }
    }

    private static DateTimeOffset Jittered(DateTimeOffset time, Duration? jitter) =>
        StandaloneActivity.Span(jitter) is { Ticks: > 0 } span ? time + (span * Random.Shared.NextDouble()) : time;
}
