using Google.Protobuf.WellKnownTypes;
using ActivityOptions = Temporalio.Api.Activity.V1.ActivityOptions;

namespace Ecosystem.Temporal.Executions;

/// <summary>Takes into an activity's options what a mask names, and checks the result.</summary>
internal static class ActivityOptionsUpdate
{
    /// <summary>The options after the update, complete with the error types that no update can change.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT if a part is named but not given, or the result makes no sense.</exception>
    public static ActivityOptions Merge(ActivityOptions present, ActivityOptions given, FieldMask mask, PendingActivity activity)
    {
        var merged = Merge(present, given, mask);
        var types = activity.RetryPolicy?.NonRetryableErrorTypes.ToList() ?? [];
        Normalize(merged, activity.Scheduled.ActivityId, activity.Scheduled.ActivityType.Name);
        if (merged.RetryPolicy is { } policy)
        {
            policy.NonRetryableErrorTypes.AddRange(types);
            if (RetryPolicies.Problem(policy) is { } problem)
            {
                throw RpcErrors.InvalidArgument(problem);
            }
        }

        if (RequestValidation.TaskQueueProblem(merged.TaskQueue, "") is { } queueProblem)
        {
            throw RpcErrors.InvalidArgument(queueProblem);
        }

        return merged;
    }

    /// <summary>The options after the update, unchecked.</summary>
    public static ActivityOptions Merge(ActivityOptions present, ActivityOptions given, FieldMask mask)
    {
        var merged = present.Clone();
        var paths = mask.Paths.Select(path => path.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant()).ToHashSet();
        if (paths.Contains("TASKQUEUE.NAME"))
        {
            merged.TaskQueue = new TaskQueue { Name = Given(given.TaskQueue, "TaskQueue").Name, Kind = TaskQueueKind.Normal };
        }

        merged.ScheduleToCloseTimeout = paths.Contains("SCHEDULETOCLOSETIMEOUT") ? given.ScheduleToCloseTimeout : merged.ScheduleToCloseTimeout;
        merged.ScheduleToStartTimeout = paths.Contains("SCHEDULETOSTARTTIMEOUT") ? given.ScheduleToStartTimeout : merged.ScheduleToStartTimeout;
        merged.StartToCloseTimeout = paths.Contains("STARTTOCLOSETIMEOUT") ? given.StartToCloseTimeout : merged.StartToCloseTimeout;
        merged.HeartbeatTimeout = paths.Contains("HEARTBEATTIMEOUT") ? given.HeartbeatTimeout : merged.HeartbeatTimeout;
        merged.StartDelay = paths.Contains("STARTDELAY") ? given.StartDelay : merged.StartDelay;
        MergeRetries(merged, given, paths);
        MergePriority(merged, given, paths);
        return merged;
    }

    /// <summary>Cuts time-outs down to those around them.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT if one is negative, or none says when an attempt is over.</exception>
    public static void Normalize(ActivityOptions options, string activityId, string activityType)
    {
        NotNegative(options.ScheduleToCloseTimeout, "ScheduleToCloseTimeout");
        NotNegative(options.ScheduleToStartTimeout, "ScheduleToStartTimeout");
        NotNegative(options.StartToCloseTimeout, "StartToCloseTimeout");
        NotNegative(options.HeartbeatTimeout, "HeartbeatTimeout");
        var toClose = Span(options.ScheduleToCloseTimeout);
        var toStart = Span(options.ScheduleToStartTimeout);
        var startToClose = Span(options.StartToCloseTimeout);
        if (toClose > TimeSpan.Zero)
        {
            toStart = toStart > TimeSpan.Zero && toStart < toClose ? toStart : toClose;
            startToClose = startToClose > TimeSpan.Zero && startToClose < toClose ? startToClose : toClose;
        }
        else if (startToClose == TimeSpan.Zero)
        {
            throw RpcErrors.InvalidArgument(
                $"a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId={activityId} ActivityType={activityType}");
        }

        var heartbeat = Span(options.HeartbeatTimeout);
        options.ScheduleToCloseTimeout = Duration.FromTimeSpan(toClose);
        options.ScheduleToStartTimeout = Duration.FromTimeSpan(toStart);
        options.StartToCloseTimeout = Duration.FromTimeSpan(startToClose);
        options.HeartbeatTimeout = Duration.FromTimeSpan(heartbeat < startToClose ? heartbeat : startToClose);
    }

    private static void MergeRetries(ActivityOptions merged, ActivityOptions given, HashSet<string> paths)
    {
        if (paths.Contains("RETRYPOLICY"))
        {
            merged.RetryPolicy = RetryPolicies.WithDefaults(Given(given.RetryPolicy, "RetryPolicy"));
            merged.RetryPolicy.NonRetryableErrorTypes.Clear();
            return;
        }

        var policy = merged.RetryPolicy?.Clone() ?? new RetryPolicy();
        var changed = false;
        foreach (var part in paths.Where(path => path.StartsWith("RETRYPOLICY.", StringComparison.Ordinal)))
        {
            var source = Given(given.RetryPolicy, "RetryPolicy");
            changed = true;
            switch (part)
            {
                case "RETRYPOLICY.INITIALINTERVAL":
                    policy.InitialInterval = source.InitialInterval;
                    break;
                case "RETRYPOLICY.BACKOFFCOEFFICIENT":
                    policy.BackoffCoefficient = source.BackoffCoefficient;
                    break;
                case "RETRYPOLICY.MAXIMUMINTERVAL":
                    policy.MaximumInterval = source.MaximumInterval;
                    break;
                case "RETRYPOLICY.MAXIMUMATTEMPTS":
                    policy.MaximumAttempts = source.MaximumAttempts;
                    break;
            }
        }

        merged.RetryPolicy = changed ? policy : merged.RetryPolicy;
    }

    private static void MergePriority(ActivityOptions merged, ActivityOptions given, HashSet<string> paths)
    {
        if (paths.Contains("PRIORITY"))
        {
            merged.Priority = given.Priority;
            return;
        }

        if (!paths.Any(path => path.StartsWith("PRIORITY.", StringComparison.Ordinal)))
        {
            return;
        }

        var priority = merged.Priority?.Clone() ?? new Priority();
        var source = Given(given.Priority, "Priority");
        priority.PriorityKey = paths.Contains("PRIORITY.PRIORITYKEY") ? source.PriorityKey : priority.PriorityKey;
        priority.FairnessKey = paths.Contains("PRIORITY.FAIRNESSKEY") ? source.FairnessKey : priority.FairnessKey;
        priority.FairnessWeight = paths.Contains("PRIORITY.FAIRNESSWEIGHT") ? source.FairnessWeight : priority.FairnessWeight;
        merged.Priority = priority;
    }

    private static T Given<T>(T? part, string name)
        where T : class => part ?? throw RpcErrors.InvalidArgument($"{name} is not provided");

    private static void NotNegative(Duration? duration, string name)
    {
        if (duration is { Seconds: < 0 } or { Nanos: < 0 })
        {
            throw RpcErrors.InvalidArgument($"invalid {name}: negative duration");
        }
    }

    private static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}
