using Temporalio.Api.Query.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>Queries.</content>
internal sealed partial class Engine
{
    private const string QueryBufferFull =
        "consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough";

    private readonly ConcurrentDictionary<string, PendingQuery> _directQueries = new();

    public async Task<QueryWorkflowResponse> QueryAsync(
        NamespaceRecord ns,
        QueryWorkflowRequest request,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        var target = request.Execution;
        var query = new PendingQuery(request.Query);
        Execution? carrier = null;
        while (true)
        {
            var (rejected, wait) = WithChain(ns, target.WorkflowId, chain =>
            {
                var execution = Resolve(chain, target.RunId);
                var state = execution.State;
                if (Rejects(request.QueryRejectCondition, state.Status))
                {
                    return ((WorkflowExecutionStatus?)state.Status, (Task?)null);
                }

                if (state is { IsRunning: false, HadFirstTask: false })
                {
                    throw RpcErrors.WorkflowNotReady("Workflow execution closed before WorkflowTaskStarted event");
                }

                if (state.Task is { Attempt: >= Limits.FailingTaskAttempts })
                {
                    throw RpcErrors.WorkflowNotReady("Unable to query workflow due to Workflow Task in failed state.");
                }

                // A run that waits for its first task can be asked no sooner than it begins.
                if (state is { IsRunning: true, HadFirstTask: false, Task: null })
                {
                    return deadline is { } end && end - RealNow > state.ExecutionTime - Now
                        ? (null, execution.WaitForChange())
                        : throw RpcErrors.WorkflowNotReady("Workflow task is not scheduled yet.");
                }

                carrier = execution;
                if (state is { IsRunning: true, Task: not null })
                {
                    if (!execution.Queries.IsEmpty)
                    {
                        throw RpcErrors.ResourceExhausted(QueryBufferFull, ResourceExhaustedCause.BusyWorkflow);
                    }

                    execution.Queries.Add(query);
                }
                else
                {
                    PublishQuery(execution, query);
                }

                return (null, null);
            });
            if (rejected is { } status)
            {
                return new QueryWorkflowResponse { QueryRejected = new QueryRejected { Status = status } };
            }

            if (wait is null)
            {
                break;
            }

            await WaitOrDeadline(wait, deadline, cancel);
        }

        Idle.Add(1);
        try
        {
            await WaitOrDeadline(query.Answer, deadline, cancel);
        }
        finally
        {
            Idle.Add(-1);
            if (!query.Answer.IsCompleted)
            {
                query.Fail(RpcErrors.DeadlineExceeded());
            }

            _directQueries.TryRemove(query.Id, out _);
            WithChain(ns, target.WorkflowId, chain =>
            {
                carrier?.Queries.Remove(query);
                return true;
            });
        }

        var result = await query.Answer;
        return result.ResultType == QueryResultType.Answered
            ? new QueryWorkflowResponse { QueryResult = result.Answer }
            : throw RpcErrors.QueryFailed(result.ErrorMessage, result.Failure);
    }

    /// <summary>Sends a query by itself: to the worker that has the run in memory, else to any.</summary>
    public void PublishQuery(Execution execution, PendingQuery query)
    {
        var state = execution.State;
        _directQueries[query.Id] = query;
        var sticky = state is { IsRunning: true, StickyQueue: { } cached } ? Queues.Get(state.Namespace, cached.Name, TaskQueueType.Workflow) : null;
        var usesSticky = sticky is not null && (sticky.HasWaitingPoller || (DateTimeOffset.UtcNow - sticky.LastPoll).TotalMilliseconds < StickyWorkerGone);
        var normal = Queues.Get(state.Namespace, state.Started.TaskQueue.Name, TaskQueueType.Workflow);
        var task = new QueueTask
        {
            Kind = QueueTaskKind.Query,
            Namespace = state.Namespace,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            Query = query,
            Version = PinnedVersion(state),
            EnqueuedAt = RealNow,
            IsLive = () => !query.Answer.IsCompleted && !query.Sent,
        };
        if (!usesSticky)
        {
            normal.Add(task);
            return;
        }

        sticky!.Add(task with { Version = "" });
        _ = FallBackAsync();

        async Task FallBackAsync()
        {
            // The worker that has the run in memory gets a moment; then any may answer.
            await Task.Delay(state.StickyTimeout, Stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (!query.Answer.IsCompleted && !query.Sent && !Stopping.IsCancellationRequested)
            {
                Under(execution, found =>
                {
                    found.State.StickyQueue = null;
                    return true;
                });
                normal.Add(task);
            }
        }
    }

    public void AnswerQuery(RespondQueryTaskCompletedRequest request)
    {
        var token = TaskToken.Parse(request.TaskToken);
        if (token.QueryId.Length == 0 || !_directQueries.TryRemove(token.QueryId, out var query))
        {
            throw RpcErrors.NotFound("query task not found, or already expired");
        }

        if (SizeOf(request.QueryResult) > Limits.BlobError)
        {
            query.Complete(new WorkflowQueryResult { ResultType = QueryResultType.Failed, ErrorMessage = RequestValidation.TooLarge });
            return;
        }

        query.Complete(new WorkflowQueryResult
        {
            ResultType = request.CompletedType,
            Answer = request.QueryResult,
            ErrorMessage = request.ErrorMessage,
            Failure = request.Failure,
        });
    }

    /// <summary>Waits for a task until the caller's deadline, and answers just before the caller gives up.</summary>
    private async Task WaitOrDeadline(Task task, DateTimeOffset? deadline, CancellationToken cancel)
    {
        var wait = deadline is { } given ? given - RealNow - TimeSpan.FromMilliseconds(200) : TimeSpan.FromDays(1);
        try
        {
            await task.WaitAsync(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, cancel);
        }
        catch (TimeoutException)
        {
            throw RpcErrors.DeadlineExceeded();
        }
    }

    private static bool Rejects(QueryRejectCondition condition, WorkflowExecutionStatus status) => condition switch
    {
        QueryRejectCondition.NotOpen => status != WorkflowExecutionStatus.Running,
        QueryRejectCondition.NotCompletedCleanly => status is not (WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Completed),
        _ => false,
    };
}
