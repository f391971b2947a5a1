namespace Ecosystem.Temporal.Executions;

/// <content>Answers to workflow tasks.</content>
internal sealed partial class Engine
{
    /// <summary>How long a worker may ask for more time without getting anything done.</summary>
    private static readonly TimeSpan HeartbeatPatience = TimeSpan.FromMinutes(30);

    /// <summary>Applies what a worker decided.</summary>
    public async Task<RespondWorkflowTaskCompletedResponse> CompleteWorkflowTaskAsync(RespondWorkflowTaskCompletedRequest request)
    {
        var token = TaskToken.Parse(request.TaskToken);
        var ns = Namespaces.GetById(token.NamespaceId);
        var (response, durable, error) = WithChain(ns, token.WorkflowId, chain =>
        {
            var execution = FindRun(chain, token.RunId) ?? throw RpcErrors.WorkflowTaskNotFound();
            var state = execution.State;
            CheckTask(state, token);
            if (CommandProcessor.SequenceProblem(request.Commands) is { } problem)
            {
                throw RpcErrors.InvalidArgument(problem);
            }

            var restoreUpdates = execution.Updates.Snapshot();
            var speculative = state.Task is { Speculative: true } task ? task : null;
            var transaction = new Transaction(this, execution);
            try
            {
                return Complete(transaction, request);
            }
            catch (CommandException e)
            {
                Rollback(execution);
                restoreUpdates();
                RestoreSpeculative(execution, speculative);
                return Refuse(execution, e, request.Identity);
            }
            catch (ChangeTooLargeException e)
            {
                restoreUpdates();
                return (null, Commit(TerminateInstead(execution, "Transaction size exceeds limit.", e.Details)), RpcErrors.InvalidArgument(e.Message));
            }
            catch
            {
                Rollback(execution);
                restoreUpdates();
                RestoreSpeculative(execution, speculative);
                throw;
            }
        });
        await durable;
        return error is null ? response! : throw error;
    }

    /// <summary>A worker could not do the task.</summary>
    public async Task FailWorkflowTaskAsync(RespondWorkflowTaskFailedRequest request)
    {
        var token = TaskToken.Parse(request.TaskToken);
        var ns = Namespaces.GetById(token.NamespaceId);
        RequestValidation.Identity(request.Identity);
        var failure = request.Failure is { } given && given.CalculateSize() > Limits.BlobError
            ? FailureCut.TooLarge(given, Limits.BlobWarning, nonRetryable: true)
            : request.Failure;
        await WithChain(ns, token.WorkflowId, chain =>
        {
            var execution = FindRun(chain, token.RunId) ?? throw RpcErrors.WorkflowTaskNotFound();
            if (!execution.State.IsRunning)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            CheckTask(execution.State, token);
            var transaction = new Transaction(this, execution);
            transaction.FailTask(request.Cause, failure, request.Identity);
            return Commit(transaction);
        });
    }

    /// <summary>A speculative task is not in the store, so a run that was brought back has to be given it again.</summary>
    private static void RestoreSpeculative(Execution execution, PendingWorkflowTask? task)
    {
        if (task is not null)
        {
            task.Speculative = true;
            execution.State.Task = task;
        }
    }

    private static void CheckTask(ExecutionState state, TaskToken token)
    {
        if (!state.IsRunning
            || state.Task is not { IsStarted: true } task
            || task.ScheduledEventId != token.ScheduledEventId
            || task.StartedEventId != token.StartedEventId
            || task.Attempt != token.Attempt)
        {
            throw RpcErrors.WorkflowTaskNotFound();
        }
    }

    private (RespondWorkflowTaskCompletedResponse? Response, Task Durable, RpcException? Error) Complete(
        Transaction transaction,
        RespondWorkflowTaskCompletedRequest request)
    {
        var execution = transaction.Execution;
        var state = execution.State;
        var task = state.Task!;
        if (IsHeartbeat(request) && transaction.Now - task.OriginalScheduledTime > HeartbeatPatience)
        {
            transaction.TimeOutTask();
            return (null, Commit(transaction), RpcErrors.NotFound("workflow task heartbeat timeout"));
        }

        if (CanDrop(state, task, request))
        {
            return Drop(transaction, request);
        }

        transaction.WriteTaskEvents(request.Identity);
        var builds = state.BuildIds.Count;
        var completed = transaction.Add(new HistoryEvent
        {
            EventType = EventType.WorkflowTaskCompleted,
            WorkflowTaskCompletedEventAttributes = new WorkflowTaskCompletedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Identity = request.Identity,
                BinaryChecksum = request.BinaryChecksum,
                SdkMetadata = request.SdkMetadata,
                MeteringMetadata = request.MeteringMetadata,
                WorkerVersion = request.WorkerVersionStamp,
                VersioningBehavior = request.VersioningBehavior,
                WorkerDeploymentName = request.DeploymentOptions?.DeploymentName ?? "",
                DeploymentVersion = VersionOf(request),
            },
        });
        transaction.VisibilityChanged |= state.BuildIds.Count > builds;
        if (state.DeploymentVersion is { } version)
        {
            var revision = Deployments.Revision(state.Namespace, version);
            transaction.VisibilityChanged |= state.DeploymentRevision != revision || state.UsedVersions.Count == 1;
            state.DeploymentRevision = revision;
        }

        SetSticky(state, request);

        // What came during the task keeps its place behind what the worker decides, so the buffer stays until then.
        var processor = new CommandProcessor(transaction, completed.EventId, request.Identity, request.Messages);
        processor.Run(request.Commands);
        RejectUnanswered(processor, execution, request);
        state.CloseAttempted = false;
        AnswerQueries(transaction, request);
        var response = new RespondWorkflowTaskCompletedResponse();
        if (state.IsRunning)
        {
            AfterTask(transaction, request, processor, task.OriginalScheduledTime, response);
        }

        ChangeTooLargeException.ThrowIf(transaction.Bytes, HistoryLimits.MaximumChangeBytes);
        var durable = processor.Next is { } next ? Commit(transaction, next) : Commit(transaction);
        return (response, durable, null);
    }

    private static Temporalio.Api.Deployment.V1.WorkerDeploymentVersion? VersionOf(RespondWorkflowTaskCompletedRequest request) =>
        request.DeploymentOptions is { WorkerVersioningMode: WorkerVersioningMode.Versioned } options
            ? new Temporalio.Api.Deployment.V1.WorkerDeploymentVersion { DeploymentName = options.DeploymentName, BuildId = options.BuildId }
            : null;

    /// <summary>The run goes on: what waited comes into history, and more work is scheduled.</summary>
    private void AfterTask(
        Transaction transaction,
        RespondWorkflowTaskCompletedRequest request,
        CommandProcessor processor,
        DateTimeOffset firstScheduled,
        RespondWorkflowTaskCompletedResponse response)
    {
        var execution = transaction.Execution;
        var news = transaction.State.Buffered.Count > 0 || processor.CanceledUnstarted;
        transaction.FlushBuffered();
        if (news || request.ForceCreateNewWorkflowTask)
        {
            transaction.ScheduleTaskIfNone();
            if (IsHeartbeat(request) && transaction.State.Task is { } next)
            {
                next.OriginalScheduledTime = firstScheduled;
            }
        }
        else if (execution.Updates.HasUnsent)
        {
            // Only a task that goes back with this answer may come and go without a trace.
            transaction.ScheduleTask(speculative: request.ReturnNewWorkflowTask);
        }

        foreach (var activity in processor.Eager)
        {
            activity.Dispatched = true;
            if (activity.StartedTime is null && transaction.State.Activities.ContainsKey(activity.ScheduledEventId))
            {
                response.ActivityTasks.Add(StartActivity(transaction, activity, request.Identity));
            }
        }

        if (request.ReturnNewWorkflowTask && transaction.State.Task is { IsStarted: false })
        {
            response.WorkflowTask = StartTask(transaction, request.Identity, transaction.State.Task.IsSticky, sendAgain: !request.ForceCreateNewWorkflowTask);
            return;
        }

        if (transaction.State.Task is null && execution.Queries.HasBuffered)
        {
            var queries = execution.Queries.TakeBuffered();
            transaction.AfterCommit.Add(() => queries.ForEach(query => PublishQuery(execution, query)));
        }
    }

    /// <summary>A speculative task whose updates were all refused leaves no trace.</summary>
    private static bool CanDrop(ExecutionState state, PendingWorkflowTask task, RespondWorkflowTaskCompletedRequest request) =>
        task.Speculative
        && request.Commands.Count == 0
        && !request.ForceCreateNewWorkflowTask
        && request.Messages.Count > 0
        && request.Messages.All(message => Any.GetTypeName(message.Body?.TypeUrl ?? "") == "temporal.api.update.v1.Rejection")
        && state.LastCompletedStartedEventId != 0
        && state.Buffered.Count == 0
        && (task.ScheduledEventId == state.LastCompletedEventId + 1 || request.Capabilities is { DiscardSpeculativeWorkflowTaskWithEvents: true });

    private (RespondWorkflowTaskCompletedResponse? Response, Task Durable, RpcException? Error) Drop(
        Transaction transaction,
        RespondWorkflowTaskCompletedRequest request)
    {
        var state = transaction.State;
        state.Task = null;
        SetSticky(state, request);
        var processor = new CommandProcessor(transaction, 0, request.Identity, request.Messages);
        processor.Run([]);
        RejectUnanswered(processor, transaction.Execution, request);
        AnswerQueries(transaction, request);
        var response = new RespondWorkflowTaskCompletedResponse { ResetHistoryEventId = state.LastCompletedStartedEventId };
        if (transaction.Execution.Updates.HasUnsent)
        {
            transaction.ScheduleTask(speculative: request.ReturnNewWorkflowTask);
            if (request.ReturnNewWorkflowTask)
            {
                response.WorkflowTask = StartTask(transaction, request.Identity, state.Task!.IsSticky);
            }
        }
        else if (transaction.Execution.Queries.HasBuffered)
        {
            var queries = transaction.Execution.Queries.TakeBuffered();
            transaction.AfterCommit.Add(() => queries.ForEach(query => PublishQuery(transaction.Execution, query)));
        }

        return (response, Commit(transaction), null);
    }

    private static void SetSticky(ExecutionState state, RespondWorkflowTaskCompletedRequest request)
    {
        if (request.StickyAttributes is { WorkerTaskQueue.Name.Length: > 0 } sticky)
        {
            state.StickyQueue = new TaskQueue
            {
                Name = sticky.WorkerTaskQueue.Name,
                Kind = TaskQueueKind.Sticky,
                NormalName = state.Started.TaskQueue.Name,
            };
            state.StickyTimeout = sticky.ScheduleToStartTimeout is { } timeout && timeout.ToTimeSpan() > TimeSpan.Zero
                ? timeout.ToTimeSpan()
                : TimeSpan.FromSeconds(5);
        }
        else
        {
            state.StickyQueue = null;
        }
    }

    /// <summary>Whether a worker only says that it needs more time.</summary>
    private static bool IsHeartbeat(RespondWorkflowTaskCompletedRequest request) =>
        request is { ForceCreateNewWorkflowTask: true, Commands.Count: 0, Messages.Count: 0 };

    private static void AnswerQueries(Transaction transaction, RespondWorkflowTaskCompletedRequest request) =>
        transaction.Execution.Queries.Answer(request.QueryResults);

    /// <summary>The completion was not good: the task fails, and the next attempt is scheduled. Only the first failure leaves an event.</summary>
    private (RespondWorkflowTaskCompletedResponse? Response, Task Durable, RpcException? Error) Refuse(
        Execution execution,
        CommandException e,
        string identity)
    {
        var error = RpcErrors.InvalidArgument(e.Text);
        var state = execution.State;
        var told = execution.Updates.FailTask();
        if (state.Task!.Attempt > 1 && e.FailureCause != WorkflowTaskFailedCause.UnhandledCommand)
        {
            told.ForEach(static tell => tell());
            return (null, Task.CompletedTask, error);
        }

        var transaction = new Transaction(this, execution);
        transaction.AfterCommit.AddRange(told);
        var failure = new Failure { Message = e.Text, ServerFailureInfo = new ServerFailureInfo() };
        transaction.FailTask(e.FailureCause, failure, identity, reschedule: !e.Terminates);
        if (e.Terminates)
        {
            transaction.Terminate(e.Text, null, Transaction.ServiceIdentity, []);
        }

        state.CloseAttempted = e.FailureCause == WorkflowTaskFailedCause.UnhandledCommand;
        return (null, Commit(transaction), error);
    }

    /// <summary>A worker that passes an update over does not know how to answer it; one that only says it needs more time still will.</summary>
    private static void RejectUnanswered(CommandProcessor processor, Execution execution, RespondWorkflowTaskCompletedRequest request)
    {
        if (request.ForceCreateNewWorkflowTask)
        {
            return;
        }

        foreach (var ignored in execution.Updates.Unanswered())
        {
            processor.Reject(ignored, Unprocessed());
        }
    }

    private static Failure Unprocessed() => new()
    {
        Message = "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
        Source = "Server",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = "UnprocessedUpdate", NonRetryable = true },
    };
}
