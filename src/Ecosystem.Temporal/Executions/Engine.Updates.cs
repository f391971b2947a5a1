using Temporalio.Api.Update.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>Updates.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan UpdateLongPoll = TimeSpan.FromSeconds(20);

    /// <summary>What a caller of an update is told.</summary>
    private readonly record struct UpdateStatus(UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome);

    public async Task<UpdateWorkflowExecutionResponse> UpdateAsync(
        NamespaceRecord ns,
        UpdateWorkflowExecutionRequest request,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        var target = request.WorkflowExecution;
        var (update, runId, durable) = WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = ResolveInChain(chain, target.RunId, request.FirstExecutionRunId);
            var (admitted, transaction) = Admit(execution, request);
            return (admitted, execution.State.RunId, transaction is null ? Task.CompletedTask : Commit(transaction));
        });
        await durable;
        var status = await WaitForUpdateAsync(update, request.WaitPolicy?.LifecycleStage ?? default, deadline, cancel);
        return UpdateResponse(ns, target.WorkflowId, runId, update.Id, status);
    }

    public async Task<PollWorkflowExecutionUpdateResponse> PollUpdateAsync(
        NamespaceRecord ns,
        PollWorkflowExecutionUpdateRequest request,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        var target = request.UpdateRef.WorkflowExecution;
        var id = request.UpdateRef.UpdateId;
        var (update, runId) = WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = Resolve(chain, target.RunId);
            return (Known(execution, id) ?? throw RpcErrors.UpdateNotFound(id), execution.State.RunId);
        });
        var stage = request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified;
        var status = stage <= UpdateWorkflowExecutionLifecycleStage.Admitted ? StatusOf(update) : await WaitForUpdateAsync(update, stage, deadline, cancel);
        return new PollWorkflowExecutionUpdateResponse
        {
            Outcome = status.Outcome,
            Stage = status.Stage,
            UpdateRef = new UpdateRef { WorkflowExecution = new WorkflowExecution { WorkflowId = target.WorkflowId, RunId = runId }, UpdateId = id },
        };
    }

    /// <summary>Starts a run, or takes the one that runs, and updates it.</summary>
    /// <param name="ns">Where.</param>
    /// <param name="start">The start.</param>
    /// <param name="request">The update.</param>
    /// <param name="whenStarted">Called once the run is started; what fails from then on is the update.</param>
    /// <param name="deadline">When the caller gives up.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<ExecuteMultiOperationResponse> UpdateWithStartAsync(
        NamespaceRecord ns,
        StartWorkflowExecutionRequest start,
        UpdateWorkflowExecutionRequest request,
        Action whenStarted,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        for (var again = false; ; again = true)
        {
            var (update, started, isDone, durable) = WithChain(ns, start.WorkflowId, chain => UpdateOrStart(chain, start, request));
            await durable;
            if (started.Started)
            {
                whenStarted();
            }

            try
            {
                var status = await WaitForUpdateAsync(update, request.WaitPolicy?.LifecycleStage ?? default, deadline, cancel);
                var updated = UpdateResponse(ns, start.WorkflowId, started.RunId, update.Id, status);
                if (isDone)
                {
                    updated.Link = null;
                }

                var answer = new ExecuteMultiOperationResponse();
                answer.Responses.Add(new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = started });
                answer.Responses.Add(new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = updated });
                return answer;
            }
            catch (RpcException e) when (!started.Started && e.StatusCode == StatusCode.NotFound)
            {
                // The run closed over it. This call may start another: it tries that once, and then leaves it to its caller.
                if (again)
                {
                    throw RpcErrors.Create(StatusCode.Aborted, e.Status.Detail);
                }
            }
        }
    }

    private (LiveUpdate Update, StartWorkflowExecutionResponse Started, bool IsDone, Task Durable) UpdateOrStart(
        Chain chain,
        StartWorkflowExecutionRequest start,
        UpdateWorkflowExecutionRequest request)
    {
        var id = request.Request.Meta.UpdateId;
        if (chain.Current is { } reference && Load(chain, reference) is var current)
        {
            if (current.State.Updates.TryGetValue(id, out var recorded) && recorded.CompletedEventId != 0)
            {
                var done = new StartWorkflowExecutionResponse { RunId = current.State.RunId, Status = current.State.Status };
                return (current.Updates.FindOrRevive(id)!, done, true, Task.CompletedTask);
            }

            if (current.State.IsRunning
                && (current.State.StartRequestId == start.RequestId
                    || current.Updates.FindOrRevive(id) is not null
                    || start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting))
            {
                var (known, transaction) = Admit(current, request);
                var response = StartResponse(chain.Namespace, current.State, started: false);
                response.FirstExecutionRunId = "";
                return (known, response, false, transaction is null ? Task.CompletedTask : Commit(transaction));
            }
        }

        var (execution, _, transactions, _) = Start(chain, start, null);
        var admitted = execution.Updates.Admit(request.Request);
        return (admitted, StartResponse(chain.Namespace, execution.State, started: true), false, Commit([.. transactions]));
    }

    /// <summary>Takes an update in, or finds the one of that id; a task is scheduled to carry it.</summary>
    private (LiveUpdate Update, Transaction? Transaction) Admit(Execution execution, UpdateWorkflowExecutionRequest request)
    {
        var id = request.Request.Meta.UpdateId;
        var state = execution.State;
        if (Known(execution, id) is { } known)
        {
            return (known, null);
        }

        if (!state.IsRunning)
        {
            throw RpcErrors.AlreadyCompleted();
        }

        if (state is { CloseAttempted: true, HasStartedTask: true })
        {
            throw RpcErrors.Busy();
        }

        if (state.Task is { Attempt: >= Limits.FailingTaskAttempts })
        {
            throw RpcErrors.WorkflowNotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");
        }

        if (execution.Updates.InFlight >= Limits.UpdatesInFlight)
        {
            throw RpcErrors.ResourceExhausted(
                $"limit on number of concurrent in-flight updates has been reached ({Limits.UpdatesInFlight})",
                ResourceExhaustedCause.ConcurrentLimit);
        }

        if (state.Updates.Count >= Limits.UpdatesTotal)
        {
            throw RpcErrors.FailedPrecondition($"limit on number of total updates has been reached ({Limits.UpdatesTotal})");
        }

        var admitted = execution.Updates.Admit(request.Request);
        if (state.Task is not null)
        {
            return (admitted, null);
        }

        // A delayed start, unlike for a signal, does not hold the task up.
        var transaction = new Transaction(this, execution);
        transaction.ScheduleTask(speculative: true);
        return (admitted, transaction);
    }

    /// <summary>The update of that id, alive or in history; one that its run lost has failed.</summary>
    private static LiveUpdate? Known(Execution execution, string id)
    {
        var state = execution.State;
        if (execution.Updates.FindOrRevive(id) is not { } update)
        {
            return null;
        }

        if (!state.IsRunning && update.Stage != LiveUpdateStage.Completed)
        {
            execution.Updates.Remove(update);
            if (update.Stage != LiveUpdateStage.Accepted)
            {
                return null;
            }

            update.SetCompleted(UpdateRegistry.LostWithTheRun());
        }

        return update;
    }

    private async Task<UpdateStatus> WaitForUpdateAsync(
        LiveUpdate update,
        UpdateWorkflowExecutionLifecycleStage stage,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        var completed = stage is UpdateWorkflowExecutionLifecycleStage.Completed;
        var until = RealNow + UpdateLongPoll;
        var hard = deadline is { } given && given - TimeSpan.FromMilliseconds(50) < until;
        if (hard)
        {
            until = deadline!.Value - TimeSpan.FromMilliseconds(50);
        }

        var wait = until - RealNow;
        try
        {
            var goal = completed ? (Task)update.Completed : update.Accepted;
            await Task.WhenAny(goal, update.Released.Task).WaitAsync(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, cancel);
            if (goal.IsFaulted)
            {
                await goal;
            }
        }
        catch (TimeoutException)
        {
            if (hard)
            {
                throw RpcErrors.DeadlineExceeded();
            }
        }

        return StatusOf(update);
    }

    private static UpdateStatus StatusOf(LiveUpdate update) => update switch
    {
        { Completed.IsCompletedSuccessfully: true } => new UpdateStatus(UpdateWorkflowExecutionLifecycleStage.Completed, update.Completed.Result),
        { Accepted.IsCompletedSuccessfully: true } => new UpdateStatus(UpdateWorkflowExecutionLifecycleStage.Accepted, null),
        _ => new UpdateStatus(UpdateWorkflowExecutionLifecycleStage.Admitted, null),
    };

    private static UpdateWorkflowExecutionResponse UpdateResponse(NamespaceRecord ns, string workflowId, string runId, string updateId, UpdateStatus status)
    {
        var failed = status.Outcome?.ValueCase == Outcome.ValueOneofCase.Failure;
        return new UpdateWorkflowExecutionResponse
        {
            UpdateRef = new UpdateRef { WorkflowExecution = new WorkflowExecution { WorkflowId = workflowId, RunId = runId }, UpdateId = updateId },
            Outcome = status.Outcome,
            Stage = status.Stage,
            Link = status.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted ? null
                : failed ? new Link { Workflow = new Link.Types.Workflow { Namespace = ns.Name, WorkflowId = workflowId, RunId = runId, Reason = "Update rejected" } }
                : RequestLink(ns, workflowId, runId, "", EventType.WorkflowExecutionUpdateAccepted),
        };
    }
}
