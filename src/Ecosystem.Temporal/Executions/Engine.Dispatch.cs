namespace Ecosystem.Temporal.Executions;

/// <content>Handing tasks to queues, and from queues to workers.</content>
internal sealed partial class Engine
{
    private const long StickyWorkerGone = 10_000;

    /// <summary>Gives a workflow task to its queue. Called when the change that scheduled it is durable.</summary>
    public void PublishWorkflowTask(Execution execution, PendingWorkflowTask task)
    {
        var state = execution.State;
        var queueName = task.TaskQueue.Name;
        var queue = Queues.Get(state.Namespace, queueName, TaskQueueType.Workflow);
        var gone = (DateTimeOffset.UtcNow - queue.LastPoll).TotalMilliseconds > StickyWorkerGone && !queue.HasWaitingPoller;
        if (task.IsSticky && (gone || !GoesToLastVersion(state)))
        {
            // Nobody polls the sticky queue any more, or another version has to go on: others may take it, with the whole history.
            queue = Queues.Get(state.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow);
        }

        queue.Add(new QueueTask
        {
            Kind = QueueTaskKind.Workflow,
            Namespace = state.Namespace,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            ScheduledEventId = task.ScheduledEventId,
            Attempt = task.Attempt,
            Version = queueName == queue.Key.Name && task.IsSticky ? "" : PinnedVersion(state),
            TakesRamping = state.StartsOnRamping,
            Priority = PriorityOf(state.Priority),
            EnqueuedAt = task.ScheduledTime,
        });
    }

    /// <summary>Gives an activity to its queue if its attempt may be taken now.</summary>
    public void DispatchIfDue(Execution execution, PendingActivity activity)
    {
        if (activity.Dispatched || activity.IsStarted || activity.Paused || activity.ScheduledTime > Now)
        {
            return;
        }

        activity.Dispatched = true;
        PublishActivity(execution.State, activity);
    }

    public void PublishActivity(ExecutionState state, PendingActivity activity) =>
        Queues.Get(state.Namespace, activity.TaskQueue.Name, TaskQueueType.Activity).Add(new QueueTask
        {
            Kind = QueueTaskKind.Activity,
            Namespace = state.Namespace,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            ScheduledEventId = activity.ScheduledEventId,
            Stamp = activity.Stamp,
            Version = state.PinnedVersion is { } pinned && Deployments.Has(state.Namespace, pinned, activity.TaskQueue.Name, TaskQueueType.Activity)
                ? DeploymentVersions.Text(pinned)
                : null,
            Attempt = activity.Attempt,
            Priority = PriorityOf(Priorities.Merge(state.Priority, activity.Priority)),
            EnqueuedAt = activity.ScheduledTime,
        });

    /// <summary>The version whose workers alone may go on with a run; null where the queue decides.</summary>
    private static string? PinnedVersion(ExecutionState state) => state.PinnedVersion is { } pinned ? DeploymentVersions.Text(pinned) : null;

    /// <summary>Whether an operator sent the run to another version after the task was given to this queue; it was given to that version, too.</summary>
    private static bool HasMoved(ExecutionState state, QueueTask task, TaskQueue queue) => queue.Kind == TaskQueueKind.Sticky
        ? PinnedVersion(state) is { } version && version != DeploymentVersions.Text(state.DeploymentVersion)
        : task.Version != PinnedVersion(state);

    /// <summary>Whether the version that has the run in memory is the one that has to go on with it.</summary>
    private bool GoesToLastVersion(ExecutionState state)
    {
        var last = DeploymentVersions.Text(state.DeploymentVersion);
        var next = PinnedVersion(state) ?? Queues.Get(state.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow).RouteOf(state.WorkflowId);
        return last == next;
    }

    /// <summary>The version that a pinned run would go on with if it were new; null if that is its own, or it has declined to go there.</summary>
    public Temporalio.Api.Deployment.V1.WorkerDeploymentVersion? NewTargetOf(ExecutionState state)
    {
        if (state.PinnedVersion is not { } pinned)
        {
            return null;
        }

        var route = Queues.Get(state.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow).RouteOf(state.WorkflowId);
        var target = DeploymentVersions.Parse(route);
        return target is null || target.Equals(pinned) || target.Equals(state.Started.DeclinedTargetVersionUpgrade?.DeploymentVersion) ? null : target;
    }

    /// <summary>Waits for a workflow task, or a query, of a queue.</summary>
    public async Task<PollWorkflowTaskQueueResponse> PollWorkflowTaskAsync(
        NamespaceRecord ns,
        TaskQueue queue,
        PollerIdentity identity,
        DateTimeOffset until,
        CancellationToken cancel)
    {
        var matching = Queues.Get(ns, queue.Name, TaskQueueType.Workflow);
        while (true)
        {
            var task = await matching.PollAsync(identity, until - RealNow, cancel);
            if (task is null)
            {
                return new PollWorkflowTaskQueueResponse();
            }

            if (cancel.IsCancellationRequested)
            {
                matching.Add(task);
                return new PollWorkflowTaskQueueResponse();
            }

            var response = task.Kind == QueueTaskKind.Query
                ? StartQuery(task, queue)
                : StartWorkflowTask(task, identity.Identity, queue);
            if (response is not null)
            {
                response.BacklogCountHint = matching.Backlog(identity.Version);
                return response;
            }
        }
    }

    /// <summary>Waits for an activity task of a queue.</summary>
    public async Task<PollActivityTaskQueueResponse> PollActivityTaskAsync(
        NamespaceRecord ns,
        TaskQueue queue,
        PollerIdentity identity,
        DateTimeOffset until,
        CancellationToken cancel)
    {
        var matching = Queues.Get(ns, queue.Name, TaskQueueType.Activity);
        while (true)
        {
            var task = await matching.PollAsync(identity, until - RealNow, cancel);
            if (task is null)
            {
                return new PollActivityTaskQueueResponse();
            }

            if (cancel.IsCancellationRequested)
            {
                matching.Add(task);
                return new PollActivityTaskQueueResponse();
            }

            var (response, durable) = task.Take is { } take ? take(identity) : StartActivity(task, identity.Identity);
            if (response is not null)
            {
                await durable;
                return response;
            }
        }
    }

    /// <summary>Marks a workflow task as taken; null if it is gone.</summary>
    private PollWorkflowTaskQueueResponse? StartWorkflowTask(QueueTask task, string identity, TaskQueue queue) =>
        WithChain(task.Namespace, task.WorkflowId, chain =>
        {
            if (FindRun(chain, task.RunId) is not { State: { IsRunning: true, Task: { IsStarted: false } pending } state } execution
                || pending.ScheduledEventId != task.ScheduledEventId
                || pending.Attempt != task.Attempt
                || HasMoved(state, task, queue))
            {
                return null;
            }

            var transaction = new Transaction(this, execution);
            var response = StartTask(transaction, identity, queue.Kind == TaskQueueKind.Sticky);

            // If the process dies before this is on disk the task is handed out again; nothing was promised yet.
            ObserveFailure(Commit(new StoreWrite { IsLazy = true }, transaction));
            return execution.State.IsRunning ? response : null;
        });

    /// <summary>Starts the pending task of a run and makes what its worker gets.</summary>
    private PollWorkflowTaskQueueResponse StartTask(Transaction transaction, string identity, bool newestOnly, bool sendAgain = true)
    {
        transaction.StartTask(identity, Guid.NewGuid().ToString());
        return TaskResponse(transaction.Execution, transaction, newestOnly, sendAgain);
    }

    /// <summary>What a worker gets with the task that is in flight.</summary>
    private PollWorkflowTaskQueueResponse TaskResponse(Execution execution, Transaction? transaction, bool newestOnly, bool sendAgain)
    {
        var state = execution.State;
        var task = state.Task!;
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new TaskToken(
                state.Namespace.Id,
                state.WorkflowId,
                state.RunId,
                task.ScheduledEventId,
                task.StartedEventId,
                task.Attempt,
                0,
                "").ToByteString(),
            WorkflowExecution = state.Execution,
            WorkflowType = state.Started.WorkflowType,
            PreviousStartedEventId = state.LastCompletedStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            WorkflowExecutionTaskQueue = state.NormalQueue,
            ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
            StartedTime = Timestamp.FromDateTimeOffset(task.StartedTime),
        };
        response.Messages.AddRange(execution.Updates.Send(task.StartedEventId - 1, sendAgain));
        foreach (var query in execution.Queries.Send())
        {
            response.Queries[query.Id] = query.Query;
        }

        AddHistory(response, execution, transaction, newestOnly);
        return response;
    }

    private void AddHistory(PollWorkflowTaskQueueResponse response, Execution execution, Transaction? transaction, bool newestOnly)
    {
        var state = execution.State;
        var first = newestOnly ? state.LastCompletedStartedEventId + 1 : 1;
        var (events, next) = HistoryReader.FirstPage(this, execution, transaction?.Events ?? [], first);
        response.History = new History();
        response.History.Events.AddRange(events);
        if (next is not null)
        {
            response.NextPageToken = next;
        }
    }

    private PollWorkflowTaskQueueResponse? StartQuery(QueueTask task, TaskQueue queue)
    {
        var query = task.Query!;
        if (query.Answer.IsCompleted)
        {
            return null;
        }

        return WithChain(task.Namespace, task.WorkflowId, chain =>
        {
            if (FindRun(chain, task.RunId) is not { } execution)
            {
                return null;
            }

            var state = execution.State;
            var response = new PollWorkflowTaskQueueResponse
            {
                TaskToken = new TaskToken(state.Namespace.Id, state.WorkflowId, state.RunId, 0, 0, 0, 0, query.Id).ToByteString(),
                WorkflowExecution = state.Execution,
                WorkflowType = state.Started.WorkflowType,
                PreviousStartedEventId = state.LastCompletedStartedEventId,
                Attempt = 1,
                WorkflowExecutionTaskQueue = state.NormalQueue,
                Query = query.Query,
            };
            if (queue.Kind == TaskQueueKind.Sticky)
            {
                response.History = new History();
            }
            else
            {
                AddHistory(response, execution, null, false);
            }

            return response;
        });
    }

    private static int PriorityOf(Priority? priority) => priority is { PriorityKey: > 0 } given ? given.PriorityKey : 3;
}
