using System.Threading.RateLimiting;
using Ecosystem.Temporal.Visibility.Filters;
using ApiExecution = Temporalio.Api.Common.V1.Execution;

namespace Ecosystem.Temporal.Batch;

/// <summary>
/// Runs batch operations: takes the executions from a list or a query, page by page, applies the operation to each, and keeps count.
/// One job of a namespace runs at a time. Jobs are in the store: one that the end of the process interrupted goes on at the next start.
/// </summary>
internal sealed class BatchService
{
    private const string DocumentKind = "batch";
    private const int PageSize = 200;
    private const int Concurrency = 5;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(NamespaceRecord Namespace, string JobId), BatchJob> _jobs = new();
    private readonly Engine _engine;
    private readonly BatchOperations _operations;
    private readonly int _operationsPerSecond;

    /// <summary>Takes up the jobs of the store.</summary>
    /// <param name="engine">The executions.</param>
    /// <param name="activities">Activities without a workflow.</param>
    /// <param name="operationsPerSecond">How many executions a job changes in a second, in bursts of as many.</param>
    public BatchService(Engine engine, StandaloneActivityService activities, int operationsPerSecond)
    {
        _engine = engine;
        _operations = new BatchOperations(engine, activities);
        _operationsPerSecond = operationsPerSecond;
        foreach (var document in engine.Store.Documents(DocumentKind))
        {
            if (engine.Namespaces.FindById(document.Key.Split('/', 2)[0]) is { } ns)
            {
                var job = BatchJob.Read(ns, document.Data!);
                _jobs[(ns, job.Request.JobId)] = job;
            }
        }

        engine.Namespaces.Cleaners.Add(ClearAsync);
    }

    /// <summary>Goes on with the jobs that were interrupted.</summary>
    public void Resume()
    {
        foreach (var job in _jobs.Values.Where(job => job.State == BatchOperationState.Running))
        {
            Launch(job);
        }
    }

    /// <summary>Starts a job; its id cannot be used again while the job is known.</summary>
    public async Task StartAsync(NamespaceRecord ns, StartBatchOperationRequest request)
    {
        await ForgetAsync(job => IsOver(job));
        var job = new BatchJob(ns, request, _engine.Now);
        lock (_lock)
        {
            if (_jobs.Values.Any(other => other.Namespace == ns && other.State == BatchOperationState.Running))
            {
                throw RpcErrors.ResourceExhausted("Max concurrent batch operations is reached", ResourceExhaustedCause.ConcurrentLimit);
            }

            if (_jobs.GetOrAdd((ns, request.JobId), job) is var known && known != job)
            {
                throw RpcErrors.AlreadyStarted(
                    $"Workflow execution already finished. WorkflowId: {request.JobId}, RunId: {known.RunId}. Workflow Id reuse policy: reject duplicate workflow Id.",
                    "",
                    known.RunId,
                    known.RunId);
            }
        }

        try
        {
            await StoreAsync(job);
        }
        catch
        {
            _jobs.TryRemove((ns, request.JobId), out _);
            throw;
        }

        Launch(job);
    }

    /// <summary>Ends a running job; what it has done stays done.</summary>
    public async Task StopAsync(BatchJob job)
    {
        if (!job.TryClose(BatchOperationState.Failed, _engine.Now))
        {
            throw RpcErrors.AlreadyCompleted();
        }

        await job.Stop.CancelAsync();
        await StoreAsync(job);
    }

    /// <summary>The job of that id.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public BatchJob Get(NamespaceRecord ns, string jobId) =>
        _jobs.TryGetValue((ns, jobId), out var job) && !IsOver(job) ? job : throw RpcErrors.WorkflowNotFound(jobId);

    /// <summary>The jobs of a namespace, the latest first.</summary>
    public IEnumerable<BatchJob> List(NamespaceRecord ns) =>
        _jobs.Values.Where(job => job.Namespace == ns && !IsOver(job))
            .OrderByDescending(job => job.CloseTime ?? DateTimeOffset.MaxValue)
            .ThenByDescending(job => job.StartTime)
            .ThenByDescending(job => job.Request.JobId, StringComparer.Ordinal);

    private static string Key(BatchJob job) => $"{job.Namespace.Id}/{job.Request.JobId}";

    private void Launch(BatchJob job) => _ = Task.Run(() => RunAsync(job));

    /// <summary>Whether a job ended so long ago that its namespace does not keep it any more.</summary>
    private bool IsOver(BatchJob job) => job.CloseTime is { } closed && job.Namespace.Retention > TimeSpan.Zero && closed + job.Namespace.Retention < _engine.Now;

    private async Task RunAsync(BatchJob job)
    {
        _engine.Idle.Add(1);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(job.Stop.Token, _engine.Stopping);
        try
        {
            var state = BatchOperationState.Completed;
            try
            {
                await ProcessAsync(job, cancel.Token);
            }
            catch (RpcException)
            {
                // Its query selects nothing that could be listed.
                state = BatchOperationState.Failed;
            }

            if (job.TryClose(state, _engine.Now))
            {
                await StoreAsync(job);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or StoreException or ObjectDisposedException)
        {
            // Stopped, or the service ends or cannot store: a job that is not closed goes on at the next start.
        }
        finally
        {
            _engine.Idle.Add(-1);
        }
    }

    private async Task ProcessAsync(BatchJob job, CancellationToken cancel)
    {
        var rate = new TokenBucketRateLimiterOptions
        {
            TokenLimit = _operationsPerSecond,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / _operationsPerSecond,
            QueueLimit = Concurrency,
        };
        await using var limiter = new TokenBucketRateLimiter(rate);
        var query = Query(job);
        job.Expect(query is null ? Named(job).Count : _engine.Store.Visibility.Count(job.Namespace.Name, query));
        while (true)
        {
            var (targets, next) = Page(job, query);
            var succeeded = 0;
            await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancel }, async (target, stop) =>
            {
                using var turn = await limiter.AcquireAsync(1, stop);
                if (await _operations.ApplyAsync(job, target))
                {
                    Interlocked.Increment(ref succeeded);
                }
            });
            job.Passed(next ?? job.Position, succeeded, targets.Count - succeeded);
            if (next is null)
            {
                return;
            }

            await StoreAsync(job);
        }
    }

    /// <summary>The next executions, and where the page after them begins; null after the last.</summary>
    private (IReadOnlyList<ApiExecution> Targets, BatchPosition? Next) Page(BatchJob job, VisibilityQuery? query)
    {
        if (query is null)
        {
            var named = Named(job);
            var end = Math.Min(named.Count, job.Position.Listed + PageSize);
            return (named[job.Position.Listed..end], end < named.Count ? new BatchPosition(end, null) : null);
        }

        var page = _engine.Store.Visibility.List(job.Namespace.Name, query, PageSize, job.Position.After);
        var targets = page.Select(record => new ApiExecution { BusinessId = record.WorkflowId, RunId = record.RunId }).ToList();
        return (targets, page.Count < PageSize ? null : new BatchPosition(0, VisibilityTable.TokenAfter(page[^1])));
    }

    private static List<ApiExecution> Named(BatchJob job) => job.Request.Executions.Count > 0
        ? [.. job.Request.Executions.Select(execution => new ApiExecution { BusinessId = execution.WorkflowId, RunId = execution.RunId })]
        : [.. job.Request.TargetExecutions];

    /// <summary>What selects the executions; null if the request names them. Operations on what runs only select what runs.</summary>
    private static VisibilityQuery? Query(BatchJob job)
    {
        var filter = job.Request.VisibilityQuery;
        if (filter.Length == 0)
        {
            return null;
        }

        if (job.Request.UnpauseActivitiesOperation is { } unpause)
        {
            var paused = unpause.HasType ? $"= 'property:activityType={unpause.Type.Replace("'", "''", StringComparison.Ordinal)}'" : "IS NOT NULL";
            filter = $"({filter}) AND (TemporalPauseInfo {paused})";
        }

        if (job.Type is not (BatchOperationType.DeleteWorkflow or BatchOperationType.ResetWorkflow or BatchOperationType.DeleteActivity))
        {
            filter = $"({filter}) AND (ExecutionStatus='Running'{(job.IsOfActivities ? " OR ExecutionStatus='Paused'" : "")})";
        }

        try
        {
            return job.IsOfActivities
                ? FilterBinder.Bind(filter, job.Namespace.SearchAttributes, StandaloneActivityService.Division, StandaloneActivityHandlers.Names)
                : FilterBinder.Bind(filter, job.Namespace.SearchAttributes);
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message);
        }
    }

    private Task StoreAsync(BatchJob job)
    {
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, Key(job), job.Write()));
        return _engine.Store.CommitAsync(write);
    }

    /// <summary>Stops and forgets the jobs of a namespace that was deleted.</summary>
    private async Task ClearAsync(NamespaceRecord ns)
    {
        foreach (var job in _jobs.Values.Where(job => job.Namespace == ns))
        {
            job.TryClose(BatchOperationState.Failed, _engine.Now);
            await job.Stop.CancelAsync();
        }

        await ForgetAsync(job => job.Namespace == ns);
    }

    private async Task ForgetAsync(Func<BatchJob, bool> which)
    {
        var write = new StoreWrite();
        foreach (var (key, job) in _jobs.Where(pair => which(pair.Value)).ToList())
        {
            _jobs.TryRemove(key, out _);
            write.Documents.Add(new StoreDocument(DocumentKind, Key(job), null));
        }

        if (write.HasDocuments)
        {
            await _engine.Store.CommitAsync(write);
        }
    }
}
