using Ecosystem.Temporal.Visibility.Filters;

namespace Ecosystem.Temporal.Batch;

/// <summary>
/// Runs batch operations: takes the workflows from a list or a query, applies the operation to each, and keeps count. One job of a
/// namespace runs at a time. Jobs end with the process; what they have done to workflows stays.
/// </summary>
internal sealed class BatchService(Engine engine)
{
    private const int PageSize = 200;
    private const string Identity = "temporal-sys-batch";
    private readonly ConcurrentDictionary<(string Namespace, string JobId), BatchJob> _jobs = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _running = new();

    /// <summary>Stops and forgets the jobs of a namespace that was deleted.</summary>
    public async Task ClearAsync(NamespaceRecord ns)
    {
        foreach (var (key, job) in _jobs.Where(pair => pair.Key.Namespace == ns.Name).ToList())
        {
            await job.Stop.CancelAsync();
            _jobs.TryRemove(key, out _);
        }
    }

    /// <summary>Starts a job; the same id again is refused while it is known.</summary>
    public void Start(NamespaceRecord ns, StartBatchOperationRequest request)
    {
        var job = new BatchJob(ns.Name, request, engine.Now);
        if (!_jobs.TryAdd((ns.Name, request.JobId), job))
        {
            throw RpcErrors.AlreadyStarted($"Batch operation {request.JobId} already exists.", "", "", "");
        }

        _ = Task.Run(() => RunAsync(ns, job));
    }

    /// <summary>The job of that id.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public BatchJob Get(NamespaceRecord ns, string jobId) =>
        _jobs.TryGetValue((ns.Name, jobId), out var job) ? job : throw RpcErrors.WorkflowNotFound(jobId);

    /// <summary>The jobs of a namespace, the latest first.</summary>
    public IEnumerable<BatchJob> List(NamespaceRecord ns) =>
        _jobs.Values.Where(job => job.Namespace == ns.Name)
            .OrderByDescending(job => job.CloseTime ?? DateTimeOffset.MaxValue)
            .ThenByDescending(job => job.StartTime)
            .ThenByDescending(job => job.Request.JobId, StringComparer.Ordinal);

    private async Task RunAsync(NamespaceRecord ns, BatchJob job)
    {
        var turn = _running.GetOrAdd(ns.Name, _ => new SemaphoreSlim(1, 1));
        engine.Idle.Add(1);
        try
        {
            await turn.WaitAsync(engine.Stopping);
            try
            {
                var targets = job.Request.Executions.Count > 0 ? [.. job.Request.Executions] : Select(ns, job.Request.VisibilityQuery);
                job.Found(targets.Count);
                foreach (var target in targets)
                {
                    job.Stop.Token.ThrowIfCancellationRequested();
                    job.Done(await ApplyAsync(ns, job.Request, target));
                }

                job.State = BatchOperationState.Completed;
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or StoreException or ObjectDisposedException)
        {
            job.State = BatchOperationState.Failed;
        }
        finally
        {
            job.CloseTime = engine.Now;
            engine.Idle.Add(-1);
        }
    }

    private List<WorkflowExecution> Select(NamespaceRecord ns, string filter)
    {
        var query = FilterBinder.Bind(filter, ns.SearchAttributes);
        var found = new List<WorkflowExecution>();
        VisibilityPageToken? after = null;
        while (true)
        {
            var page = engine.Store.Visibility.List(ns.Name, query, PageSize, after);
            found.AddRange(page.Select(record => new WorkflowExecution { WorkflowId = record.WorkflowId, RunId = record.RunId }));
            if (page.Count < PageSize)
            {
                return found;
            }

            after = VisibilityTable.TokenAfter(page[^1]);
        }
    }

    private async Task<bool> ApplyAsync(NamespaceRecord ns, StartBatchOperationRequest request, WorkflowExecution target)
    {
        try
        {
            switch (request.OperationCase)
            {
                case StartBatchOperationRequest.OperationOneofCase.TerminationOperation:
                    var terminate = new TerminateWorkflowExecutionRequest
                    {
                        Namespace = ns.Name,
                        WorkflowExecution = target,
                        Reason = request.Reason,
                        Identity = request.TerminationOperation.Identity is { Length: > 0 } named ? named : Identity,
                    };
                    await engine.TerminateAsync(ns, terminate);
                    break;
                case StartBatchOperationRequest.OperationOneofCase.SignalOperation:
                    await engine.SignalAsync(ns, new SignalWorkflowExecutionRequest
                    {
                        Namespace = ns.Name,
                        WorkflowExecution = target,
                        SignalName = request.SignalOperation.Signal,
                        Input = request.SignalOperation.Input,
                        Header = request.SignalOperation.Header,
                        Identity = request.SignalOperation.Identity,
                        RequestId = Guid.NewGuid().ToString(),
                    });
                    break;
                case StartBatchOperationRequest.OperationOneofCase.CancellationOperation:
                    await engine.CancelAsync(ns, new RequestCancelWorkflowExecutionRequest
                    {
                        Namespace = ns.Name,
                        WorkflowExecution = target,
                        Identity = request.CancellationOperation.Identity,
                        Reason = request.Reason,
                        RequestId = Guid.NewGuid().ToString(),
                    });
                    break;
                case StartBatchOperationRequest.OperationOneofCase.DeletionOperation:
                    await engine.DeleteAsync(ns, target);
                    break;
                case StartBatchOperationRequest.OperationOneofCase.ResetOperation:
                    await engine.ResetAsync(ns, ResetOf(ns, request, target));
                    break;
                case StartBatchOperationRequest.OperationOneofCase.UpdateWorkflowOptionsOperation:
                    await engine.UpdateOptionsAsync(ns, new UpdateWorkflowExecutionOptionsRequest
                    {
                        Namespace = ns.Name,
                        WorkflowExecution = target,
                        WorkflowExecutionOptions = request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions,
                        UpdateMask = request.UpdateWorkflowOptionsOperation.UpdateMask,
                        Identity = request.UpdateWorkflowOptionsOperation.Identity,
                    });
                    break;
                default:
                    return false;
            }

            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    /// <summary>The reset that a batch asks for: to the first or the last workflow task that a worker completed.</summary>
    private ResetWorkflowExecutionRequest ResetOf(NamespaceRecord ns, StartBatchOperationRequest request, WorkflowExecution target)
    {
        var options = request.ResetOperation.Options;
        var first = options is null ? request.ResetOperation.ResetType == ResetType.FirstWorkflowTask : options.TargetCase == ResetOptions.TargetOneofCase.FirstWorkflowTask;
        var eventId = options?.TargetCase == ResetOptions.TargetOneofCase.WorkflowTaskId ? options.WorkflowTaskId : engine.WithChain(ns, target.WorkflowId, chain =>
        {
            var tasks = engine.AllEvents(engine.Resolve(chain, target.RunId)).Where(e => e.EventType == EventType.WorkflowTaskCompleted).ToList();
            return tasks.Count == 0 ? 0 : (first ? tasks[0] : tasks[^1]).EventId;
        });
        var reset = new ResetWorkflowExecutionRequest
        {
            Namespace = ns.Name,
            WorkflowExecution = target,
            Reason = request.Reason,
            Identity = request.ResetOperation.Identity,
            WorkflowTaskFinishEventId = eventId,
            RequestId = Guid.NewGuid().ToString(),
        };
        reset.ResetReapplyExcludeTypes.AddRange(options?.ResetReapplyExcludeTypes ?? []);
        return reset;
    }
}
