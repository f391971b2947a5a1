namespace Ecosystem.Temporal.Executions;

/// <content>Ends of runs, and the runs that follow them.</content>
internal sealed partial class Transaction
{
    private static readonly TimeSpan MinimumBetweenRuns = TimeSpan.FromSeconds(1);

    /// <summary>Who the service is in events that it writes by itself.</summary>
    public const string ServiceIdentity = "history-service";

    /// <summary>Who the service is when it ends a run because another goes on in its place.</summary>
    public const string ResetterIdentity = "history-resetter";

    /// <summary>Ends the run with an event; a task in flight fails first unless the event comes from it.</summary>
    public void Close(HistoryEvent closeEvent)
    {
        var task = State.Task;
        if (task is { IsStarted: true })
        {
            FailTask(WorkflowTaskFailedCause.ForceCloseCommand, null, ServiceIdentity, reschedule: false);
            State.Task = null;
        }

        FlushBuffered();
        Add(closeEvent);
        var next = ExecutionState.NextRunId(closeEvent);
        AfterCommit.AddRange(Execution.Updates.Close(closeEvent.EventType == EventType.WorkflowExecutionContinuedAsNew));
        if (next.Length == 0 && State.Started.ParentWorkflowExecution is not null && closeEvent.WorkflowExecutionTerminatedEventAttributes is not { Identity: ResetterIdentity })
        {
            Owed.Add(TransferKind.NotifyParent);
        }

        var replaced = closeEvent.WorkflowExecutionTerminatedEventAttributes is { Identity: ResetterIdentity };
        if (next.Length == 0 && State.Children.Count > 0 && !replaced)
        {
            Owed.Add(TransferKind.CloseChildren);
        }

        if (!Execution.Queries.IsEmpty)
        {
            var queries = Execution.Queries.TakeBuffered();
            AfterCommit.Add(() => queries.ForEach(query => Engine.PublishQuery(Execution, query)));
        }
    }

    public void Terminate(string reason, Payloads? details, string identity, IEnumerable<Link> links)
    {
        var e = new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionTerminated,
            WorkflowExecutionTerminatedEventAttributes = new WorkflowExecutionTerminatedEventAttributes
            {
                Reason = reason,
                Details = details,
                Identity = identity,
            },
        };
        e.Links.AddRange(links);
        Close(e);
    }

    /// <summary>The run that follows this one because of a retry policy or a cron schedule; null if none does.</summary>
    /// <param name="failure">How the run failed; null if it completed.</param>
    /// <param name="result">What it returned, if it completed.</param>
    /// <param name="close">Makes the closing event from the retry state and the next run's id.</param>
    public Transaction? CloseAndFollow(Failure? failure, Payloads? result, Func<RetryState, string, HistoryEvent> close)
    {
        var started = State.Started;
        var retry = failure is null
            ? default
            : RetryDecision.Decide(
                Now,
                started.RetryPolicy,
                started.Attempt,
                failure,
                State.ExecutionExpiration == DateTimeOffset.MaxValue ? null : State.ExecutionExpiration);
        var backoff = retry.Delay;
        var initiator = ContinueAsNewInitiator.Retry;
        if (!retry.Retries)
        {
            if (started.CronSchedule.Length == 0)
            {
                Close(close(retry.State, ""));
                return null;
            }

            initiator = ContinueAsNewInitiator.CronSchedule;
            backoff = CronSchedule.Parse(started.CronSchedule).Backoff(State.ExecutionTime, Now);
            if (backoff == TimeSpan.Zero || Now + backoff > State.ExecutionExpiration)
            {
                Close(close(retry.State, ""));
                return null;
            }
        }

        var nextRunId = Guid.NewGuid().ToString();
        Close(close(retry.State, nextRunId));
        var next = Successor(initiator, initiator == ContinueAsNewInitiator.Retry ? AtLeastASecondAfterStart(backoff) : backoff);
        next.WorkflowType = started.WorkflowType;
        next.TaskQueue = started.TaskQueue;
        next.Input = started.Input;
        next.WorkflowRunTimeout = started.WorkflowRunTimeout;
        next.WorkflowTaskTimeout = started.WorkflowTaskTimeout;
        next.RetryPolicy = started.RetryPolicy;
        next.CronSchedule = started.CronSchedule;
        next.Attempt = initiator == ContinueAsNewInitiator.Retry ? started.Attempt + 1 : 1;
        next.ContinuedFailure = failure;
        next.LastCompletionResult = failure is null ? result : started.LastCompletionResult;
        next.Header = started.Header;
        next.Memo = State.Memo.Fields.Count == 0 ? null : State.Memo;
        next.SearchAttributes = State.SearchAttributes.IndexedFields.Count == 0 ? null : State.SearchAttributes;
        return Follow(nextRunId, next, State.StartLinks);
    }

    /// <summary>Closes the run and starts the next one as a command says.</summary>
    public Transaction ContinueAsNew(
        Temporalio.Api.Command.V1.ContinueAsNewWorkflowExecutionCommandAttributes command,
        long taskCompletedEventId,
        Func<HistoryEvent, HistoryEvent> marked)
    {
        var started = State.Started;
        var nextRunId = Guid.NewGuid().ToString();
        var searchAttributes = SearchAttributePayloads.WithTypes(command.SearchAttributes, State.Namespace.SearchAttributes);
        var runTimeout = Given(command.WorkflowRunTimeout) ?? started.WorkflowRunTimeout ?? Duration.FromTimeSpan(TimeSpan.Zero);
        var taskTimeout = Given(command.WorkflowTaskTimeout) ?? started.WorkflowTaskTimeout;
        var queue = new TaskQueue
        {
            Name = command.TaskQueue is { Name.Length: > 0 } given ? given.Name : started.TaskQueue.Name,
            Kind = TaskQueueKind.Normal,
        };
        var type = command.WorkflowType is { Name.Length: > 0 } ? command.WorkflowType : started.WorkflowType;
        Close(marked(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionContinuedAsNew,
            WorkflowExecutionContinuedAsNewEventAttributes = new WorkflowExecutionContinuedAsNewEventAttributes
            {
                NewExecutionRunId = nextRunId,
                WorkflowType = type,
                TaskQueue = queue,
                Input = command.Input,
                WorkflowRunTimeout = runTimeout,
                WorkflowTaskTimeout = taskTimeout,
                WorkflowTaskCompletedEventId = taskCompletedEventId,
                BackoffStartInterval = command.BackoffStartInterval,
                Initiator = command.Initiator,
                Failure = command.Failure,
                LastCompletionResult = command.LastCompletionResult,
                Header = command.Header,
                Memo = command.Memo,
                SearchAttributes = searchAttributes,
                InheritBuildId = command.InheritBuildId,
                InitialVersioningBehavior = command.InitialVersioningBehavior,
            },
        }));
        var backoff = AtLeastASecondAfterStart(command.BackoffStartInterval?.ToTimeSpan() ?? TimeSpan.Zero);
        var target = Engine.NewTargetOf(State);
        var next = Successor(
            command.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : command.Initiator,
            backoff);
        if (backoff == TimeSpan.Zero)
        {
            next.FirstWorkflowTaskBackoff = null;
        }

        InheritVersion(next, command.InitialVersioningBehavior, target);
        next.WorkflowType = type;
        next.TaskQueue = queue;
        next.Input = command.Input;
        next.WorkflowRunTimeout = runTimeout;
        next.WorkflowTaskTimeout = taskTimeout;
        next.RetryPolicy = command.RetryPolicy is null ? null : RetryPolicies.WithDefaults(command.RetryPolicy);
        next.CronSchedule = command.CronSchedule;
        next.Attempt = 1;
        next.ContinuedFailure = command.Failure;
        next.LastCompletionResult = command.LastCompletionResult;
        next.Header = command.Header;
        next.Memo = command.Memo;
        next.SearchAttributes = searchAttributes;
        Engine.AdjustTimeouts(next);
        return Follow(nextRunId, next);
    }

    /// <summary>A pinned run goes on with its version unless it asks to be moved on; a version it was told of and did not take is not offered again.</summary>
    private void InheritVersion(
        WorkflowExecutionStartedEventAttributes next,
        ContinueAsNewVersioningBehavior behavior,
        Temporalio.Api.Deployment.V1.WorkerDeploymentVersion? target)
    {
        if (next.InheritedPinnedVersion is not { } pinned)
        {
            if (next.InheritedAutoUpgradeInfo is { } inherited)
            {
                inherited.ContinueAsNewInitialVersioningBehavior = behavior;
            }

            return;
        }

        if (behavior == ContinueAsNewVersioningBehavior.Unspecified)
        {
            next.DeclinedTargetVersionUpgrade = target is null ? State.Started.DeclinedTargetVersionUpgrade
                : new DeclinedTargetVersionUpgrade { DeploymentVersion = target, RevisionNumber = Engine.Deployments.Revision(State.Namespace, target) };
            return;
        }

        next.InheritedPinnedVersion = null;
        next.InheritedAutoUpgradeInfo = new Temporalio.Api.Deployment.V1.InheritedAutoUpgradeInfo
        {
            SourceDeploymentVersion = pinned,
            SourceDeploymentRevisionNumber = State.DeploymentRevision,
            ContinueAsNewInitialVersioningBehavior = behavior,
        };
    }

    /// <summary>The next run's first event, as far as it is the same for every sort of successor.</summary>
    private WorkflowExecutionStartedEventAttributes Successor(ContinueAsNewInitiator initiator, TimeSpan backoff)
    {
        var started = State.Started;
        var successor = new WorkflowExecutionStartedEventAttributes
        {
            InheritedPinnedVersion = State is { EffectiveBehavior: VersioningBehavior.Pinned, VersioningOverride: null } ? State.PinnedVersion : null,
            InheritedAutoUpgradeInfo = State is { EffectiveBehavior: VersioningBehavior.AutoUpgrade, DeploymentVersion: { } version }
                ? new Temporalio.Api.Deployment.V1.InheritedAutoUpgradeInfo
                {
                    SourceDeploymentVersion = version,
                    SourceDeploymentRevisionNumber = State.DeploymentRevision,
                }
                : null,
            ParentWorkflowNamespace = started.ParentWorkflowNamespace,
            ParentWorkflowNamespaceId = started.ParentWorkflowNamespaceId,
            ParentWorkflowExecution = started.ParentWorkflowExecution,
            ParentInitiatedEventId = started.ParentInitiatedEventId,
            RootWorkflowExecution = started.RootWorkflowExecution,
            WorkflowExecutionTimeout = started.WorkflowExecutionTimeout,
            WorkflowExecutionExpirationTime = started.WorkflowExecutionExpirationTime,
            ContinuedExecutionRunId = State.RunId,
            FirstExecutionRunId = started.FirstExecutionRunId,
            Initiator = initiator,
            FirstWorkflowTaskBackoff = Duration.FromTimeSpan(backoff),
            PrevAutoResetPoints = State.ResetPoints,
            Priority = State.Priority,
            VersioningOverride = State.VersioningOverride,
        };
        successor.CompletionCallbacks.AddRange(State.Callbacks.Select(added => added.Callback));
        return successor;
    }

    private Transaction Follow(string runId, WorkflowExecutionStartedEventAttributes started, IEnumerable<Link>? links = null)
    {
        var next = Engine.CreateRun(Execution.Chain, runId, Guid.NewGuid().ToString(), started, State.UserMetadata, links);
        if (!next.State.InBackoff)
        {
            next.ScheduleTask();
        }

        return next;
    }

    private TimeSpan AtLeastASecondAfterStart(TimeSpan backoff)
    {
        // A clock that was set back must not make the wait longer.
        var rest = MinimumBetweenRuns - (Now - State.ExecutionTime);
        return rest > MinimumBetweenRuns ? backoff > MinimumBetweenRuns ? backoff : MinimumBetweenRuns : rest > backoff ? rest : backoff;
    }

    private static Duration? Given(Duration? duration) => duration is { Seconds: > 0 } or { Nanos: > 0 } ? duration : null;
}
