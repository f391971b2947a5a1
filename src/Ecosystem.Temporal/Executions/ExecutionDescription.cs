using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Temporalio.Api.Workflow.V1;

namespace Ecosystem.Temporal.Executions;

/// <summary>Shows a run to clients.</summary>
internal static class ExecutionDescription
{
    /// <summary>Build ids have signs that would be escaped otherwise.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DescribeWorkflowExecutionResponse Describe(Execution execution)
    {
        var state = execution.State;
        var started = state.Started;
        var response = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new WorkflowExecutionConfig
            {
                TaskQueue = state.NormalQueue,
                WorkflowExecutionTimeout = Given(started.WorkflowExecutionTimeout),
                WorkflowRunTimeout = Given(started.WorkflowRunTimeout),
                DefaultWorkflowTaskTimeout = started.WorkflowTaskTimeout,
                UserMetadata = state.UserMetadata,
            },
            WorkflowExecutionInfo = Info(state),
            WorkflowExtendedInfo = Extended(state),
            PendingWorkflowTask = PendingTask(state),
        };
        response.PendingActivities.AddRange(state.Activities.Values.OrderBy(activity => activity.ScheduledEventId).Select(Pending));
        response.PendingChildren.AddRange(state.Children.Values.OrderBy(child => child.InitiatedEventId).Select(child => new PendingChildExecutionInfo
        {
            WorkflowId = child.Initiated.WorkflowId,
            RunId = child.RunId,
            WorkflowTypeName = child.Initiated.WorkflowType.Name,
            InitiatedId = child.InitiatedEventId,
            ParentClosePolicy = child.Initiated.ParentClosePolicy,
        }));
        response.Callbacks.AddRange(state.Callbacks.Where(added => added.Callback.Nexus is not null).Select(added => new CallbackInfo
        {
            Callback = new Callback { Nexus = added.Callback.Nexus },
            Trigger = new CallbackInfo.Types.Trigger { WorkflowClosed = new CallbackInfo.Types.WorkflowClosed() },
            RegistrationTime = added.Since,
            State = state.IsRunning ? CallbackState.Standby : CallbackState.Scheduled,
        }));
        return response;
    }

    /// <summary>The record by which lists show the run.</summary>
    public static VisibilityRecord ToVisibility(ExecutionState state)
    {
        var root = state.Started.RootWorkflowExecution ?? state.Execution;
        return new VisibilityRecord
        {
            Key = state.Key,
            Map = state.Namespace.SearchAttributes,
            Namespace = state.Namespace.Name,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            WorkflowType = state.Started.WorkflowType.Name,
            TaskQueue = state.Started.TaskQueue.Name,
            Status = state.Status,
            StartTime = state.StartTime,
            ExecutionTime = state.ExecutionTime,
            CloseTime = state.CloseTime,
            HistoryLength = state.NextEventId - 1,
            HistorySizeBytes = state.HistorySize,
            StateTransitionCount = state.Transitions,
            ParentWorkflowId = state.Started.ParentWorkflowExecution?.WorkflowId ?? "",
            ParentRunId = state.Started.ParentWorkflowExecution?.RunId ?? "",
            RootWorkflowId = root.WorkflowId,
            RootRunId = root.RunId,
            Memo = state.Memo.Fields.Count == 0 ? null : state.Memo,
            SearchAttributes = AllSearchAttributes(state) is { IndexedFields.Count: > 0 } attributes ? attributes : null,
        };
    }

    public static WorkflowExecutionInfo ToInfo(NamespaceRecord ns, VisibilityRecord record)
    {
        var info = new WorkflowExecutionInfo
        {
            Execution = new WorkflowExecution { WorkflowId = record.WorkflowId, RunId = record.RunId },
            Type = new WorkflowType { Name = record.WorkflowType },
            StartTime = Timestamp.FromDateTimeOffset(record.StartTime),
            ExecutionTime = Timestamp.FromDateTimeOffset(record.ExecutionTime),
            Status = record.Status,
            TaskQueue = record.TaskQueue,
            Memo = record.Memo ?? new Memo(),
            SearchAttributes = record.SearchAttributes is { } attributes ? SearchAttributePayloads.Normalize(attributes, ns.SearchAttributes) : new SearchAttributes(),
            RootExecution = new WorkflowExecution { WorkflowId = record.RootWorkflowId, RunId = record.RootRunId },
        };
        if (record.ParentWorkflowId.Length > 0)
        {
            info.ParentExecution = new WorkflowExecution { WorkflowId = record.ParentWorkflowId, RunId = record.ParentRunId };
        }

        if (record.CloseTime is { } close)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(close);
            info.ExecutionDuration = Duration.FromTimeSpan(close - record.ExecutionTime);
            info.HistoryLength = record.HistoryLength;
            info.HistorySizeBytes = record.HistorySizeBytes;
            info.StateTransitionCount = record.StateTransitionCount;
        }

        return info;
    }

    /// <summary>The options of a pending activity as an operator sees them.</summary>
    public static Temporalio.Api.Activity.V1.ActivityOptions Options(PendingActivity activity) => new()
    {
        TaskQueue = new TaskQueue { Name = activity.TaskQueue.Name, NormalName = activity.TaskQueue.Name },
        ScheduleToCloseTimeout = Duration.FromTimeSpan(activity.ScheduleToClose),
        ScheduleToStartTimeout = Duration.FromTimeSpan(activity.ScheduleToStart),
        StartToCloseTimeout = Duration.FromTimeSpan(activity.StartToClose),
        HeartbeatTimeout = Duration.FromTimeSpan(activity.Heartbeat),
        RetryPolicy = WithoutErrorTypes(activity.RetryPolicy),
        Priority = activity.Priority,
    };

    private static WorkflowExecutionInfo Info(ExecutionState state)
    {
        var started = state.Started;
        var info = new WorkflowExecutionInfo
        {
            Execution = state.Execution,
            Type = started.WorkflowType,
            StartTime = Timestamp.FromDateTimeOffset(state.StartTime),
            Status = state.Status,
            HistoryLength = state.NextEventId - 1,
            ExecutionTime = Timestamp.FromDateTimeOffset(state.ExecutionTime),
            Memo = state.Memo,
            SearchAttributes = AllSearchAttributes(state),
            AutoResetPoints = state.ResetPoints,
            MostRecentWorkerVersionStamp = state.LastWorkerVersion,
            TaskQueue = started.TaskQueue.Name,
            StateTransitionCount = state.Transitions,
            HistorySizeBytes = state.HistorySize,
            RootExecution = started.RootWorkflowExecution ?? state.Execution,
            FirstRunId = started.FirstExecutionRunId,
            Priority = state.Priority,
        };
        if (started.ParentWorkflowExecution is { } parent)
        {
            info.ParentNamespaceId = started.ParentWorkflowNamespaceId;
            info.ParentExecution = parent;
        }

        if (state.CloseTime is { } close)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(close);
            info.ExecutionDuration = Duration.FromTimeSpan(close - state.ExecutionTime);
        }

        info.WorkerDeploymentName = state.WorkerDeploymentName;
        if (state.OverrideWasSet || state.DeploymentVersion is not null)
        {
#pragma warning disable CS0612 // Older clients read the version as text.
            info.VersioningInfo = new WorkflowExecutionVersioningInfo
            {
                Behavior = state.VersioningBehavior,
                Version = DeploymentVersions.Text(state.DeploymentVersion),
                DeploymentVersion = state.DeploymentVersion,
                RevisionNumber = state.DeploymentRevision,
                VersioningOverride = Shown(state.VersioningOverride),
            };
#pragma warning restore CS0612
        }

        return info;
    }

    private static VersioningOverride? Shown(VersioningOverride? versioning)
    {
        if (versioning is null)
        {
            return null;
        }

        var shown = versioning.Clone();
        if (shown.AutoUpgrade)
        {
            shown.Behavior = VersioningBehavior.AutoUpgrade;
        }
        else if (shown.Pinned is not null)
        {
            shown.Behavior = VersioningBehavior.Pinned;
        }

        return shown;
    }

    private static SearchAttributes AllSearchAttributes(ExecutionState state)
    {
        if (state.DeploymentVersion is not null)
        {
            return WithVersion(state);
        }

        var buildIds = state.OverrideWasSet && state.VersioningOverride is null ? true : state.HadFirstTask && state.VersioningOverride is null;
        var paused = state.Activities.Values.Where(activity => activity.Paused).ToList();
        if (!buildIds && state.VersioningOverride is null && paused.Count == 0)
        {
            return state.SearchAttributes;
        }

        var all = state.SearchAttributes.Clone();
        if (buildIds && !all.IndexedFields.ContainsKey("BuildIds"))
        {
            all.IndexedFields["BuildIds"] = Typed("KeywordList", Builds(state));
        }

        if (state.VersioningOverride is { } versioning)
        {
            all.IndexedFields["TemporalWorkflowVersioningBehavior"] = Typed("Keyword", versioning.AutoUpgrade ? "\"AutoUpgrade\"" : "\"Pinned\"");
        }

        AddPaused(all, paused);
        return all;
    }

    /// <summary>The builds that worked on a run outside of deployments; of more than fit, the latest.</summary>
    private static string Builds(ExecutionState state)
    {
        List<string> builds = ["unversioned", .. state.BuildIds];
        var json = Json(builds);
        while (Encoding.UTF8.GetByteCount(json) > SearchAttributePayloads.MaximumValue)
        {
            builds.RemoveAt(1);
            json = Json(builds);
        }

        return json;
    }

    /// <summary>What lists know of a run that a versioned worker goes on with.</summary>
    private static SearchAttributes WithVersion(ExecutionState state)
    {
        var all = state.SearchAttributes.Clone();
        var version = state.PinnedVersion ?? state.DeploymentVersion!;
        var name = DeploymentVersions.Attribute(version);
        var pinned = state.EffectiveBehavior == VersioningBehavior.Pinned;
        all.IndexedFields["BuildIds"] = Typed("KeywordList", Json<string[]>([(pinned ? "pinned:" : "versioned:") + name]));
        all.IndexedFields["TemporalWorkerDeployment"] = Typed("Keyword", Json(version.DeploymentName));
        all.IndexedFields["TemporalWorkerDeploymentVersion"] = Typed("Keyword", Json(name));
        all.IndexedFields["TemporalUsedWorkerDeploymentVersions"] = Typed("KeywordList", Json(state.UsedVersions));
        all.IndexedFields["TemporalWorkflowVersioningBehavior"] = Typed("Keyword", pinned ? "\"Pinned\"" : "\"AutoUpgrade\"");
        AddPaused(all, [.. state.Activities.Values.Where(activity => activity.Paused)]);
        return all;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Readable);

    private static void AddPaused(SearchAttributes all, List<PendingActivity> paused)
    {
        if (paused.Count > 0)
        {
            var names = paused.Select(activity => $"\"property:activityType={activity.Scheduled.ActivityType.Name}\"").Distinct();
            all.IndexedFields["TemporalPauseInfo"] = Typed("KeywordList", $"[{string.Join(",", names)}]");
        }
    }

    private static Payload Typed(string type, string json)
    {
        var payload = new Payload { Data = ByteString.CopyFromUtf8(json) };
        payload.Metadata["type"] = ByteString.CopyFromUtf8(type);
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        return payload;
    }

    private static WorkflowExecutionExtendedInfo Extended(ExecutionState state)
    {
        var run = state.Started.WorkflowRunTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        var extended = new WorkflowExecutionExtendedInfo
        {
            RunExpirationTime = Timestamp.FromDateTimeOffset(run > TimeSpan.Zero ? state.ExecutionTime + run : DateTimeOffset.MinValue),
            CancelRequested = state.CancelRequested,
            OriginalStartTime = Timestamp.FromDateTimeOffset(state.StartTime),
            ResetRunId = state.ResetRunId,
        };
        if (state.ExecutionExpiration != DateTimeOffset.MaxValue)
        {
            extended.ExecutionExpirationTime = Timestamp.FromDateTimeOffset(state.ExecutionExpiration);
        }

        if (state.LastResetTime is { } reset)
        {
            extended.LastResetTime = Timestamp.FromDateTimeOffset(reset);
        }

        extended.RequestIdInfos[state.StartRequestId] = new RequestIdInfo { EventType = EventType.WorkflowExecutionStarted, EventId = 1 };
        foreach (var (requestId, (type, eventId)) in state.AttachedRequests)
        {
            extended.RequestIdInfos[requestId] = eventId > 0
                ? new RequestIdInfo { EventType = type, EventId = eventId }
                : new RequestIdInfo { EventType = type, Buffered = true };
        }

        return extended;
    }

    private static PendingWorkflowTaskInfo? PendingTask(ExecutionState state)
    {
        if (state.Task is not { } task || task.Speculative)
        {
            return null;
        }

        return new PendingWorkflowTaskInfo
        {
            State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
            ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
            OriginalScheduledTime = Timestamp.FromDateTimeOffset(task.OriginalScheduledTime),
            StartedTime = task.IsStarted ? Timestamp.FromDateTimeOffset(task.StartedTime) : null,
            Attempt = task.Attempt,
        };
    }

    private static PendingActivityInfo Pending(PendingActivity activity)
    {
        var info = new PendingActivityInfo
        {
            ActivityId = activity.Scheduled.ActivityId,
            ActivityType = activity.Scheduled.ActivityType,
            State = StateOf(activity),
            HeartbeatDetails = activity.HeartbeatDetails,
            Attempt = activity.Attempt,
            MaximumAttempts = activity.RetryPolicy?.MaximumAttempts ?? 0,
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.Identity,
            Paused = activity.Paused,
            Priority = activity.Priority,
            ActivityOptions = Options(activity),
        };
        info.LastHeartbeatTime = Time(activity.HeartbeatTime);
        info.LastStartedTime = Time(activity.StartedTime);
        info.ExpirationTime = Time(activity.Expiration);
        info.LastAttemptCompleteTime = Time(activity.LastAttemptCompleteTime);
        if (!activity.IsStarted)
        {
            info.ScheduledTime = Time(activity.ScheduledTime);
            if (activity.RetryInterval is { } interval && !activity.Paused)
            {
                info.CurrentRetryInterval = Duration.FromTimeSpan(interval);
                info.NextAttemptScheduleTime = Time(activity.ScheduledTime);
            }
        }
        else
        {
            info.ScheduledTime = Time(activity.ScheduledTime);
        }

        if (activity.Paused)
        {
            info.PauseInfo = new PendingActivityInfo.Types.PauseInfo
            {
                PauseTime = Time(activity.PauseTime),
                Manual = new PendingActivityInfo.Types.PauseInfo.Types.Manual { Identity = activity.PauseIdentity, Reason = activity.PauseReason },
            };
        }

        return info;
    }

    private static PendingActivityState StateOf(PendingActivity activity) => activity switch
    {
        { CancelRequested: true } => PendingActivityState.CancelRequested,
        { Paused: true, IsStarted: true } => PendingActivityState.PauseRequested,
        { Paused: true } => PendingActivityState.Paused,
        { IsStarted: true } => PendingActivityState.Started,
        _ => PendingActivityState.Scheduled,
    };

    private static RetryPolicy? WithoutErrorTypes(RetryPolicy? policy)
    {
        if (policy is null)
        {
            return null;
        }

        var shown = policy.Clone();
        shown.NonRetryableErrorTypes.Clear();
        return shown;
    }

    private static Timestamp? Time(DateTimeOffset? time) => time is { } given ? Timestamp.FromDateTimeOffset(given) : null;

    private static Duration? Given(Duration? duration) => duration is { Seconds: > 0 } or { Nanos: > 0 } ? duration : null;
}
