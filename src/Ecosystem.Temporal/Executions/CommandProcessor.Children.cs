using Temporalio.Api.Command.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>Commands about other workflows.</content>
internal sealed partial class CommandProcessor
{
    private void StartChild(StartChildWorkflowExecutionCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadStartChildExecutionAttributes;
        Require(attributes is not null, bad, "StartChildWorkflowExecutionCommandAttributes is not set on StartChildWorkflowExecutionCommand.");
        var ns = TargetNamespace(attributes!.Namespace, bad);
        var id = attributes.WorkflowId;
        var type = attributes.WorkflowType?.Name ?? "";
        Require(id.Length > 0, bad, $"Required field WorkflowId is not set on StartChildWorkflowExecutionCommand. WorkflowType={type} Namespace={ns.Name}");
        Require(type.Length > 0, bad, $"Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId={id} Namespace={ns.Name}");
        Require(
            id.Length <= Limits.IdLength,
            bad,
            $"WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId={id} Length={id.Length} Limit={Limits.IdLength} WorkflowType={type} Namespace={ns.Name}");
        Require(
            type.Length <= Limits.IdLength,
            bad,
            $"WorkflowType on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId={id} WorkflowType={type} Length={type.Length} Limit={Limits.IdLength} Namespace={ns.Name}");
        var suffix = $" WorkflowId={id} WorkflowType={type} Namespace={ns.Name}";
        Require(!IsNegative(attributes.WorkflowExecutionTimeout), bad, $"Invalid WorkflowExecutionTimeout on StartChildWorkflowExecutionCommand: negative duration.{suffix}");
        Require(!IsNegative(attributes.WorkflowRunTimeout), bad, $"Invalid WorkflowRunTimeout on StartChildWorkflowExecutionCommand: negative duration.{suffix}");
        Require(!IsNegative(attributes.WorkflowTaskTimeout), bad, $"Invalid WorkflowTaskTimeout on StartChildWorkflowExecutionCommand: negative duration.{suffix}");
        if (RetryPolicies.Problem(attributes.RetryPolicy is null ? null : RetryPolicies.WithDefaults(attributes.RetryPolicy)) is { } retryProblem)
        {
            throw new CommandException(bad, $"invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: {retryProblem}.{suffix}");
        }

        Require(
            attributes.CronSchedule.Length == 0 || CronSchedule.TryParse(attributes.CronSchedule) is not null,
            bad,
            $"invalid CronSchedule on StartChildWorkflowExecutionCommand: invalid CronSchedule..{suffix}");
        if (SearchAttributePayloads.Validate(attributes.SearchAttributes, ns) is { } problem)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadSearchAttributes, $"invalid SearchAttributes on StartChildWorkflowCommand: {problem}.{suffix}");
        }

        if (RequestValidation.PriorityProblem(attributes.Priority) is { } priorityProblem)
        {
            throw new CommandException(bad, priorityProblem);
        }

        if (RequestValidation.TaskQueueProblem(attributes.TaskQueue, State.Started.TaskQueue.Name) is { } queueProblem)
        {
            throw new CommandException(bad, $"invalid TaskQueue on StartChildWorkflowExecutionCommand: {queueProblem}.{suffix} TaskQueue={attributes.TaskQueue}");
        }

        CheckQueue(attributes.InheritBuildId, attributes.TaskQueue, bad, "StartChildWorkflowExecution");
        CheckSize(SizeOf(attributes.Input), bad, "StartChildWorkflowExecutionCommandAttributes. Input");
        CheckSize(SizeOf(attributes.Memo), bad, "StartChildWorkflowExecutionCommandAttributes.Memo");
        CheckSize(attributes.SearchAttributes, bad);
        Require(
            State.Children.Count < Limits.PendingChildren,
            WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded,
            $"the number of pending child workflow executions, {State.Children.Count}, has reached the per-workflow limit of {Limits.PendingChildren}");
        var timeouts = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowExecutionTimeout = attributes.WorkflowExecutionTimeout,
            WorkflowRunTimeout = attributes.WorkflowRunTimeout ?? new Duration(),
            WorkflowTaskTimeout = attributes.WorkflowTaskTimeout,
        };
        Engine.AdjustTimeouts(timeouts);
        _childrenStarted.Add(id);
        var initiated = Add(new HistoryEvent
        {
            EventType = EventType.StartChildWorkflowExecutionInitiated,
            StartChildWorkflowExecutionInitiatedEventAttributes = new StartChildWorkflowExecutionInitiatedEventAttributes
            {
                Namespace = ns.Name,
                NamespaceId = ns.Id,
                WorkflowId = id,
                WorkflowType = attributes.WorkflowType,
                TaskQueue = new TaskQueue
                {
                    Name = attributes.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : State.Started.TaskQueue.Name,
                    Kind = TaskQueueKind.Normal,
                },
                Input = attributes.Input,
                WorkflowExecutionTimeout = attributes.WorkflowExecutionTimeout,
                WorkflowRunTimeout = timeouts.WorkflowRunTimeout,
                WorkflowTaskTimeout = timeouts.WorkflowTaskTimeout,
                ParentClosePolicy = attributes.ParentClosePolicy == ParentClosePolicy.Unspecified
                    ? ParentClosePolicy.Terminate
                    : attributes.ParentClosePolicy,
                Control = attributes.Control,
                WorkflowTaskCompletedEventId = completedEventId,
                WorkflowIdReusePolicy = attributes.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified
                    ? WorkflowIdReusePolicy.AllowDuplicate
                    : attributes.WorkflowIdReusePolicy,
                RetryPolicy = attributes.RetryPolicy is null ? null : RetryPolicies.WithDefaults(attributes.RetryPolicy),
                CronSchedule = attributes.CronSchedule,
                Header = attributes.Header,
                Memo = attributes.Memo,
                SearchAttributes = SearchAttributePayloads.WithTypes(attributes.SearchAttributes, ns.SearchAttributes),
                InheritBuildId = attributes.InheritBuildId,
                Priority = attributes.Priority,
                VersioningOverride = attributes.VersioningOverride,
            },
        });
        transaction.AfterCommit.Add(() => transaction.Engine.StartChild(transaction.Execution, initiated.EventId));
    }

    private void SignalExternal(SignalExternalWorkflowExecutionCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes;
        Require(attributes is not null, bad, "SignalExternalWorkflowExecutionCommandAttributes is not set on SignalExternalWorkflowExecutionCommand.");
        var ns = TargetNamespace(attributes!.Namespace, bad);
        Require(attributes.Execution is not null, bad, "Execution is not set on SignalExternalWorkflowExecutionCommand.");
        var (id, runId, name) = (attributes.Execution!.WorkflowId, attributes.Execution.RunId, attributes.SignalName);
        Require(id.Length > 0, bad, $"WorkflowId is not set on SignalExternalWorkflowExecutionCommand. Namespace={attributes.Namespace} RunId={runId} SignalName={name}");
        Require(
            id.Length <= Limits.IdLength,
            bad,
            $"WorkflowId on SignalExternalWorkflowExecutionCommand exceeds length limit. WorkflowId={id} Length={id.Length} Limit={Limits.IdLength} Namespace={attributes.Namespace} RunId={runId} SignalName={name}");
        Require(
            RequestValidation.IsRunId(runId),
            bad,
            $"Invalid RunId set on SignalExternalWorkflowExecutionCommand. WorkflowId={id} Namespace={attributes.Namespace} RunId={runId} SignalName={name}");
        Require(name.Length > 0, bad, $"SignalName is not set on SignalExternalWorkflowExecutionCommand. WorkflowId={id} Namespace={attributes.Namespace} RunId={runId}");
        Require(
            State.ExternalSignals.Count < Limits.PendingSignals,
            WorkflowTaskFailedCause.PendingSignalsLimitExceeded,
            $"the number of pending signals to external workflows, {State.ExternalSignals.Count}, has reached the per-workflow limit of {Limits.PendingSignals}");
        CheckSize(SizeOf(attributes.Input), bad, "SignalExternalWorkflowExecutionCommandAttributes.Input");
        var initiated = Add(new HistoryEvent
        {
            EventType = EventType.SignalExternalWorkflowExecutionInitiated,
            SignalExternalWorkflowExecutionInitiatedEventAttributes = new SignalExternalWorkflowExecutionInitiatedEventAttributes
            {
                WorkflowTaskCompletedEventId = completedEventId,
                Namespace = attributes.Namespace,
                NamespaceId = ns.Id,
                WorkflowExecution = attributes.Execution,
                SignalName = name,
                Input = attributes.Input,
                Control = attributes.Control,
                ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                Header = attributes.Header,
            },
        });
        transaction.AfterCommit.Add(() => transaction.Engine.SendExternalSignal(transaction.Execution, initiated.EventId));
    }

    private void CancelExternal(RequestCancelExternalWorkflowExecutionCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes;
        Require(attributes is not null, bad, "RequestCancelExternalWorkflowExecutionCommandAttributes is not set on RequestCancelExternalWorkflowExecutionCommand.");
        var ns = TargetNamespace(attributes!.Namespace, bad);
        var (id, runId) = (attributes.WorkflowId, attributes.RunId);
        Require(id.Length > 0, bad, $"WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand. Namespace={attributes.Namespace} RunId={runId}");
        Require(
            id.Length <= Limits.IdLength,
            bad,
            $"WorkflowId on RequestCancelExternalWorkflowExecutionCommand exceeds length limit. WorkflowId={id} Length={id.Length} Limit={Limits.IdLength} RunId={runId} Namespace={attributes.Namespace}");
        Require(
            RequestValidation.IsRunId(runId),
            bad,
            $"Invalid RunId set on RequestCancelExternalWorkflowExecutionCommand. WorkflowId={id} RunId={runId} Namespace={attributes.Namespace}");
        Require(
            !_childrenStarted.Contains(id),
            bad,
            $"Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId={id} RunId={runId} Namespace={attributes.Namespace}");
        Require(
            State.ExternalCancels.Count < Limits.PendingCancels,
            WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded,
            $"the number of pending requests to cancel external workflows, {State.ExternalCancels.Count}, has reached the per-workflow limit of {Limits.PendingCancels}");
        var initiated = Add(new HistoryEvent
        {
            EventType = EventType.RequestCancelExternalWorkflowExecutionInitiated,
            RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
            {
                WorkflowTaskCompletedEventId = completedEventId,
                Namespace = attributes.Namespace,
                NamespaceId = ns.Id,
                WorkflowExecution = new WorkflowExecution { WorkflowId = id, RunId = runId },
                Control = attributes.Control,
                ChildWorkflowOnly = attributes.ChildWorkflowOnly,
                Reason = attributes.Reason,
            },
        });
        transaction.AfterCommit.Add(() => transaction.Engine.SendExternalCancel(transaction.Execution, initiated.EventId));
    }

    private NamespaceRecord TargetNamespace(string name, WorkflowTaskFailedCause bad)
    {
        if (name.Length == 0 || name == State.Namespace.Name)
        {
            return State.Namespace;
        }

        // An unknown namespace is the caller's error, not the task's.
        transaction.Engine.Namespaces.Get(name);
        throw new CommandException(bad, "cross namespace commands are not allowed");
    }
}
