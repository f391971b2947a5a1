namespace Ecosystem.Temporal.Executions;

/// <content>The fold.</content>
internal sealed partial class ExecutionState
{
    /// <summary>Takes an event of history into the state: its id and size count, and what it says is applied.</summary>
    public void Replay(HistoryEvent e)
    {
        NextEventId = e.EventId + 1;
        HistorySize += e.CalculateSize();
        Apply(e);
    }

    /// <summary>Applies what an event says. An event that waits in the buffer is applied when it arrives, with <see cref="BufferedEventId"/>.</summary>
    public void Apply(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionStartedEventAttributes:
                ApplyStarted(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskScheduledEventAttributes:
                ApplyTaskScheduled(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskStartedEventAttributes:
                ApplyTaskStarted(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskCompletedEventAttributes:
                ApplyTaskCompleted(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskTimedOutEventAttributes:
                Task = null;
                NextAttempt = e.WorkflowTaskTimedOutEventAttributes.TimeoutType == TimeoutType.StartToClose ? 2 : 1;
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskFailedEventAttributes:
                Task = null;
                NextAttempt = e.WorkflowTaskFailedEventAttributes.Cause is WorkflowTaskFailedCause.ResetWorkflow or WorkflowTaskFailedCause.ForceCloseCommand ? 1 : 2;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes:
                ApplyActivityScheduled(e);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes:
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCancelRequestedEventAttributes:
                if (Activities.TryGetValue(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var canceled))
                {
                    canceled.CancelRequestedEventId = e.EventId;
                }

                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                RemoveActivity(e.ActivityTaskCompletedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                RemoveActivity(e.ActivityTaskFailedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                RemoveActivity(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                RemoveActivity(e.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes:
                var timer = new PendingTimer(
                    e.TimerStartedEventAttributes.TimerId,
                    e.EventId,
                    e.EventTime.ToDateTimeOffset() + e.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan());
                Timers[timer.TimerId] = timer;
                TimersByTime.Add((timer.FireTime, timer.StartedEventId, timer.TimerId));
                break;
            case HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes:
                RemoveTimer(e.TimerFiredEventAttributes.TimerId);
                break;
            case HistoryEvent.AttributesOneofCase.TimerCanceledEventAttributes:
                RemoveTimer(e.TimerCanceledEventAttributes.TimerId);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes:
                SignalCount++;
                if (e.WorkflowExecutionSignaledEventAttributes.RequestId.Length > 0)
                {
                    SignalRequestIds.Add(e.WorkflowExecutionSignaledEventAttributes.RequestId);
                }

                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCancelRequestedEventAttributes:
                CancelRequested = true;
                break;
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes:
                Children[e.EventId] = new PendingChild
                {
                    InitiatedEventId = e.EventId,
                    Initiated = e.StartChildWorkflowExecutionInitiatedEventAttributes,
                    UserMetadata = e.UserMetadata,
                };
                break;
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes:
                Children.Remove(e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes:
                if (Children.TryGetValue(e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId, out var child))
                {
                    child.StartedEventId = e.EventId;
                    child.RunId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                }

                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                Children.Remove(e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                Children.Remove(e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                Children.Remove(e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                Children.Remove(e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                Children.Remove(e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionInitiatedEventAttributes:
                ExternalSignals[e.EventId] = e.SignalExternalWorkflowExecutionInitiatedEventAttributes;
                break;
            case HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes:
                ExternalSignals.Remove(e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes:
                ExternalSignals.Remove(e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
                ExternalCancels[e.EventId] = e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
                break;
            case HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes:
                ExternalCancels.Remove(e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes:
                ExternalCancels.Remove(e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.UpsertWorkflowSearchAttributesEventAttributes:
                SearchAttributes = Merge(SearchAttributes, e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowPropertiesModifiedEventAttributes:
                Memo = Merge(Memo, e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAdmittedEventAttributes:
                var admitted = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
                Updates[admitted.Meta.UpdateId] = new RecordedUpdate { UpdateId = admitted.Meta.UpdateId, AdmittedEventId = e.EventId, Request = admitted };
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes:
                ApplyUpdateAccepted(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateCompletedEventAttributes:
                ApplyUpdateCompleted(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionOptionsUpdatedEventAttributes:
                ApplyOptionsUpdated(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes:
                Close(e, WorkflowExecutionStatus.Completed);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes:
                Close(e, WorkflowExecutionStatus.Failed);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes:
                Close(e, WorkflowExecutionStatus.TimedOut);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes:
                Close(e, WorkflowExecutionStatus.Canceled);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionTerminatedEventAttributes:
                Close(e, WorkflowExecutionStatus.Terminated);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes:
                Close(e, WorkflowExecutionStatus.ContinuedAsNew);
                break;
        }
    }

    private void ApplyStarted(HistoryEvent e)
    {
        Started = e.WorkflowExecutionStartedEventAttributes;
        UserMetadata = e.UserMetadata;
        StartLinks = e.Links;
        StartTime = e.EventTime.ToDateTimeOffset();
        var backoff = Started.FirstWorkflowTaskBackoff?.ToTimeSpan() ?? TimeSpan.Zero;
        ExecutionTime = StartTime + backoff;
        InBackoff = backoff > TimeSpan.Zero;
        Memo = Started.Memo?.Clone() ?? new Memo();
        SearchAttributes = Started.SearchAttributes?.Clone() ?? new SearchAttributes();
        ResetPoints = Started.PrevAutoResetPoints?.Clone() ?? new Temporalio.Api.Workflow.V1.ResetPoints();
        Priority = Started.Priority;
        Callbacks.AddRange(Started.CompletionCallbacks.Select(callback => (callback, e.EventTime)));
        SetVersioningOverride(Started.VersioningOverride);
    }

    private void ApplyTaskScheduled(HistoryEvent e)
    {
        var attributes = e.WorkflowTaskScheduledEventAttributes;
        var time = e.EventTime.ToDateTimeOffset();
        InBackoff = false;
        Task = new PendingWorkflowTask
        {
            ScheduledEventId = e.EventId,
            Attempt = attributes.Attempt,
            TaskQueue = attributes.TaskQueue,
            StartToClose = attributes.StartToCloseTimeout.ToTimeSpan(),
            ScheduledTime = time,
            OriginalScheduledTime = time,
        };
    }

    private void ApplyTaskStarted(HistoryEvent e)
    {
        if (Task is not { } task)
        {
            return;
        }

        var attributes = e.WorkflowTaskStartedEventAttributes;
        task.StartedEventId = e.EventId;
        task.StartedTime = e.EventTime.ToDateTimeOffset();
        task.RequestId = attributes.RequestId;
        task.Identity = attributes.Identity;
        task.HistorySize = attributes.HistorySizeBytes;
        task.SuggestContinueAsNew = attributes.SuggestContinueAsNew;
        task.TargetVersionChanged = attributes.TargetWorkerDeploymentVersionChanged;
    }

    private void ApplyTaskCompleted(HistoryEvent e)
    {
        Task = null;
        NextAttempt = 1;
        LastCompletedStartedEventId = e.WorkflowTaskCompletedEventAttributes.StartedEventId;
        LastCompletedEventId = e.EventId;
        var completed = e.WorkflowTaskCompletedEventAttributes;
        VersioningBehavior = completed.VersioningBehavior;
        DeploymentVersion = completed.VersioningBehavior == VersioningBehavior.Unspecified ? null : completed.DeploymentVersion;
        WorkerDeploymentName = completed.WorkerDeploymentName;
        if (VersioningOverride?.OneTime is { } once && Equals(once.TargetDeploymentVersion, completed.DeploymentVersion))
        {
            // The run was to be moved there once, and is there.
            VersioningOverride = null;
        }

        if (DeploymentVersion is { } version && !UsedVersions.Contains(DeploymentVersions.Attribute(version)))
        {
            UsedVersions.Add(DeploymentVersions.Attribute(version));
        }

        LastWorkerVersion = completed.WorkerVersion;
        if (completed.WorkerVersion is { BuildId.Length: > 0 } worker)
        {
            var build = $"{(worker.UseVersioning ? "versioned" : "unversioned")}:{worker.BuildId}";
            if (!BuildIds.Contains(build))
            {
                BuildIds.Add(build);
            }
        }

        AddResetPoint(e, completed);
    }

    /// <summary>A run can be reset to where each build of its workers first completed a task.</summary>
    private void AddResetPoint(HistoryEvent e, WorkflowTaskCompletedEventAttributes completed)
    {
        var build = completed.DeploymentVersion?.BuildId ?? completed.WorkerVersion?.BuildId ?? "";
        if (ResetPoints.Points.Any(point => point.BuildId == build && point.BinaryChecksum == completed.BinaryChecksum))
        {
            return;
        }

        ResetPoints = ResetPoints.Clone();
        ResetPoints.Points.Add(new Temporalio.Api.Workflow.V1.ResetPointInfo
        {
            RunId = RunId,
            FirstWorkflowTaskCompletedId = e.EventId,
            CreateTime = e.EventTime,
            Resettable = Children.Count == 0 && ExternalCancels.Count == 0 && ExternalSignals.Count == 0,
            BuildId = build,
            BinaryChecksum = completed.BinaryChecksum,
        });
        if (ResetPoints.Points.Count > Limits.ResetPoints)
        {
            ResetPoints.Points.RemoveAt(0);
        }
    }

    private void ApplyActivityScheduled(HistoryEvent e)
    {
        var attributes = e.ActivityTaskScheduledEventAttributes;
        var time = e.EventTime.ToDateTimeOffset();
        var activity = new PendingActivity
        {
            ScheduledEventId = e.EventId,
            Scheduled = attributes,
            FirstScheduledTime = time,
            ScheduledTime = time,
        };
        Activities[e.EventId] = activity;
        ActivitiesById[attributes.ActivityId] = activity;
    }

    private void ApplyUpdateAccepted(HistoryEvent e)
    {
        var attributes = e.WorkflowExecutionUpdateAcceptedEventAttributes;
        if (!Updates.TryGetValue(attributes.ProtocolInstanceId, out var update))
        {
            Updates[attributes.ProtocolInstanceId] = update = new RecordedUpdate { UpdateId = attributes.ProtocolInstanceId };
        }

        update.AcceptedEventId = e.EventId;
        update.Request = null;
    }

    private void ApplyUpdateCompleted(HistoryEvent e)
    {
        var attributes = e.WorkflowExecutionUpdateCompletedEventAttributes;
        if (Updates.TryGetValue(attributes.Meta.UpdateId, out var update))
        {
            update.CompletedEventId = e.EventId;
            update.Outcome = attributes.Outcome;
        }
    }

    private void ApplyOptionsUpdated(HistoryEvent e)
    {
        var attributes = e.WorkflowExecutionOptionsUpdatedEventAttributes;
        Callbacks.AddRange(attributes.AttachedCompletionCallbacks.Select(callback => (callback, e.EventTime)));
        if (attributes.UnsetVersioningOverride)
        {
            SetVersioningOverride(null);
        }
        else if (attributes.VersioningOverride is not null)
        {
            SetVersioningOverride(attributes.VersioningOverride);
        }

        if (attributes.Priority is not null)
        {
            Priority = attributes.Priority;
        }

        if (attributes.AttachedRequestId.Length > 0)
        {
            AttachedRequests[attributes.AttachedRequestId] = (e.EventType, e.EventId);
        }
    }

    private void SetVersioningOverride(Temporalio.Api.Workflow.V1.VersioningOverride? value)
    {
        VersioningOverride = value;
        OverrideWasSet |= value is not null;
    }

    /// <summary>True if the run ever had a versioning override; it then shows as versioned.</summary>
    public bool OverrideWasSet { get; private set; }

    private void Close(HistoryEvent e, WorkflowExecutionStatus status)
    {
        Status = status;
        CloseEvent = e;
        CloseTime = e.EventTime.ToDateTimeOffset();
        if (NextRunId(e).Length > 0 && ResetPoints.Points.Any(point => point.ExpireTime is null))
        {
            // From here on the points are of an earlier run, which retention takes away some day.
            ResetPoints = ResetPoints.Clone();
            foreach (var point in ResetPoints.Points)
            {
                point.ExpireTime ??= Timestamp.FromDateTimeOffset(CloseTime.Value + Namespace.Retention);
            }
        }
    }

    /// <summary>The run that a closing event says follows; empty if none does.</summary>
    public static string NextRunId(HistoryEvent close) => close.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes => close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        _ => "",
    };

    private void RemoveActivity(long scheduledEventId)
    {
        if (Activities.Remove(scheduledEventId, out var activity))
        {
            ActivitiesById.Remove(activity.Scheduled.ActivityId);
        }
    }

    private void RemoveTimer(string timerId)
    {
        if (Timers.Remove(timerId, out var timer))
        {
            TimersByTime.Remove((timer.FireTime, timer.StartedEventId, timer.TimerId));
        }
    }

    /// <summary>Attributes with changes in them; a change to nothing removes.</summary>
    public static SearchAttributes Merge(SearchAttributes into, SearchAttributes changes)
    {
        var merged = into.Clone();
        foreach (var (name, value) in changes.IndexedFields)
        {
            if (Payloadless(value))
            {
                merged.IndexedFields.Remove(name);
            }
            else
            {
                merged.IndexedFields[name] = value;
            }
        }

        return merged;
    }

    /// <summary>A memo with changes in it; a change to nothing removes.</summary>
    public static Memo Merge(Memo into, Memo changes)
    {
        var merged = into.Clone();
        foreach (var (name, value) in changes.Fields)
        {
            if (Payloadless(value))
            {
                merged.Fields.Remove(name);
            }
            else
            {
                merged.Fields[name] = value;
            }
        }

        return merged;
    }

    /// <summary>A value that takes its field away: nothing, null or an empty list.</summary>
    private static bool Payloadless(Payload payload) =>
        payload.Data.IsEmpty || (payload.Data.Length <= 4 && payload.Data.ToStringUtf8() is "null" or "[]");
}
