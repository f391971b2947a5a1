using System.Diagnostics;
using System.Diagnostics.Metrics;
using Temporalio.Api.ErrorDetails.V1;

namespace Ecosystem.Temporal.Operations;

/// <summary>
/// What the service measures, under the names and labels of Temporal's server (common/metrics/metric_defs.go), so that its dashboards and
/// alerts serve. Durations are in seconds.
/// </summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Ecosystem.Temporal";

    private static readonly InstrumentAdvice<double> LatencyBuckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60],
    };

    private readonly Meter _meter = new(Name, typeof(ServiceMetrics).Assembly.GetName().Version?.ToString());
    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _errorsByType;
    private readonly Counter<long> _exhausted;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _pollSuccess;
    private readonly Counter<long> _pollTimeouts;
    private readonly Counter<long> _persistenceRequests;
    private readonly Counter<long> _persistenceErrors;
    private readonly Histogram<double> _persistenceLatency;
    private readonly Histogram<long> _historyCount;
    private readonly Histogram<long> _historySize;
    private readonly Dictionary<WorkflowExecutionStatus, Counter<long>> _closed;
    private long _pending;

    public ServiceMetrics(Engine engine)
    {
        _requests = _meter.CreateCounter<long>("service_requests", description: "RPC requests received.");
        _errors = _meter.CreateCounter<long>("service_errors", description: "Requests that failed for a reason of the service's own.");
        _errorsByType = _meter.CreateCounter<long>("service_error_with_type", description: "Requests answered with an error, by its type.");
        _exhausted = _meter.CreateCounter<long>("service_errors_resource_exhausted", description: "Requests refused because a limit was reached.");
        _latency = _meter.CreateHistogram("service_latency", description: "Time to the answer, long polls left out.", advice: LatencyBuckets);
        _pollSuccess = _meter.CreateCounter<long>("poll_success", description: "Polls that got a task.");
        _pollTimeouts = _meter.CreateCounter<long>("poll_timeouts", description: "Polls that ended without a task.");
        _persistenceRequests = _meter.CreateCounter<long>("persistence_requests", description: "Changes given to the store.");
        _persistenceErrors = _meter.CreateCounter<long>("persistence_errors", description: "Changes that could not be stored.");
        _persistenceLatency = _meter.CreateHistogram("persistence_latency", description: "Time of one transaction, its flush included.", advice: LatencyBuckets);
        _historyCount = _meter.CreateHistogram<long>("history_count", description: "Events of runs that closed.");
        _historySize = _meter.CreateHistogram<long>("history_size", description: "Bytes of histories of runs that closed.");
        _closed = new()
        {
            [WorkflowExecutionStatus.Completed] = _meter.CreateCounter<long>("workflow_success"),
            [WorkflowExecutionStatus.Failed] = _meter.CreateCounter<long>("workflow_failed"),
            [WorkflowExecutionStatus.TimedOut] = _meter.CreateCounter<long>("workflow_timeout"),
            [WorkflowExecutionStatus.Canceled] = _meter.CreateCounter<long>("workflow_cancel"),
            [WorkflowExecutionStatus.Terminated] = _meter.CreateCounter<long>("workflow_terminate"),
            [WorkflowExecutionStatus.ContinuedAsNew] = _meter.CreateCounter<long>("workflow_continued_as_new"),
        };
        _meter.CreateObservableGauge("service_pending_requests", () => Interlocked.Read(ref _pending), description: "Requests not answered yet.");
        _meter.CreateObservableGauge("cache_size", () => engine.CachedChains, description: "Workflow ids in memory.");
        _meter.CreateObservableGauge("loaded_task_queue_count", () => engine.Queues.All.Count(), description: "Task queues in memory.");
        _meter.CreateObservableGauge("approximate_backlog_count", () => Backlog(engine), description: "Tasks that wait for a worker.");
        _meter.CreateObservableGauge("approximate_backlog_age_seconds", () => Age(engine), description: "How long the oldest task waits.");
        engine.RunClosed += Closed;
    }

    /// <summary>A request came; give the stamp to <see cref="Answered"/>.</summary>
    public long Received(string operation, string ns)
    {
        Interlocked.Increment(ref _pending);
        if (_requests.Enabled)
        {
            _requests.Add(1, Tags(operation, ns));
        }

        return Stopwatch.GetTimestamp();
    }

    /// <summary>A request was answered.</summary>
    public void Answered(string operation, string ns, long received, bool longPoll)
    {
        Interlocked.Decrement(ref _pending);
        if (_latency.Enabled && !longPoll)
        {
            _latency.Record(Stopwatch.GetElapsedTime(received).TotalSeconds, Tags(operation, ns));
        }
    }

    /// <summary>The answer was an error.</summary>
    public void Failed(string operation, string ns, RpcException error)
    {
        if (!_errorsByType.Enabled)
        {
            return;
        }

        var tags = Tags(operation, ns);
        if (error.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DataLoss)
        {
            _errors.Add(1, tags);
        }

        if (error.StatusCode == StatusCode.ResourceExhausted)
        {
            tags.Add("resource_exhausted_cause", Cause(error));
            _exhausted.Add(1, tags);
            tags = Tags(operation, ns);
        }

        tags.Add("error_type", "serviceerror_" + error.StatusCode);
        _errorsByType.Add(1, tags);
    }

    /// <summary>A poll ended.</summary>
    public void Polled(string operation, string ns, string queue, string type, bool gotTask)
    {
        var counter = gotTask ? _pollSuccess : _pollTimeouts;
        if (!counter.Enabled)
        {
            return;
        }

        var tags = Tags(operation, ns);
        tags.Add("taskqueue", queue);
        tags.Add("task_type", type);
        counter.Add(1, tags);
    }

    /// <summary>A transaction of the store ended.</summary>
    public void Stored(int changes, TimeSpan took, bool failed)
    {
        if (!_persistenceRequests.Enabled)
        {
            return;
        }

        var tags = new TagList { { "operation", "UpdateWorkflowExecution" }, { "service_name", "history" } };
        _persistenceRequests.Add(changes, tags);
        _persistenceLatency.Record(took.TotalSeconds, tags);
        if (failed)
        {
            _persistenceErrors.Add(changes, tags);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static TagList Tags(string operation, string ns) => new() { { "operation", operation }, { "namespace", ns }, { "service_name", "frontend" } };

    private static string Cause(RpcException error) =>
        RpcErrors.ToStatus(error).Details.FirstOrDefault(detail => detail.Is(ResourceExhaustedFailure.Descriptor))?.Unpack<ResourceExhaustedFailure>().Cause.ToString() ?? "Unspecified";

    private static IEnumerable<Measurement<long>> Backlog(Engine engine) =>
        engine.Queues.All.Select(queue => new Measurement<long>(queue.Statistics().ByPriority.Values.Sum(waiting => (long)waiting.Count), QueueTags(queue.Key)));

    private static IEnumerable<Measurement<double>> Age(Engine engine) =>
        from queue in engine.Queues.All
        let oldest = queue.Statistics().ByPriority.Values.Min(waiting => waiting.Oldest)
        select new Measurement<double>(oldest is { } since ? Math.Max(0, (engine.Now - since).TotalSeconds) : 0, QueueTags(queue.Key));

    private static TagList QueueTags(TaskQueueKey key) => new()
    {
        { "namespace", key.Namespace.Name },
        { "taskqueue", key.Name },
        { "task_type", key.Type.ToString() },
        { "service_name", "matching" },
    };

    private void Closed(ExecutionState state)
    {
        if (!_historyCount.Enabled || !_closed.TryGetValue(state.Status, out var counter))
        {
            return;
        }

        var tags = new TagList
        {
            { "operation", "CompletionStats" },
            { "namespace", state.Namespace.Name },
            { "taskqueue", state.Started.TaskQueue.Name },
            { "workflowType", state.Started.WorkflowType.Name },
            { "service_name", "history" },
        };
        counter.Add(1, tags);
        _historyCount.Record(state.NextEventId - 1, tags);
        _historySize.Record(state.HistorySize, tags);
    }
}
