namespace Ecosystem.Temporal.Executions;

/// <content>New runs.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan DefaultTaskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaximumTaskTimeout = TimeSpan.FromSeconds(120);

    /// <summary>What a start led to.</summary>
    /// <param name="Execution">The run that now stands for the id.</param>
    /// <param name="Started">True if this request started it, now or when it was sent before.</param>
    /// <param name="Repeated">True if this very request was made before.</param>
    /// <param name="Transactions">Changes to make durable; empty if there are none.</param>
    public readonly record struct StartResult(Execution Execution, bool Started, bool Repeated, List<Transaction> Transactions);

    /// <summary>Decides about a start: a new run, the one that runs already, or a refusal. Under the lock of the chain.</summary>
    public StartResult DecideStart(Chain chain, StartWorkflowExecutionRequest request, Func<Execution, Transaction?>? onExisting = null)
    {
        if (chain.Current is not { } reference)
        {
            return new StartResult(null!, true, false, []);
        }

        var current = Load(chain, reference);
        var state = current.State;
        if (request.RequestId.Length > 0 && state.StartRequestId == request.RequestId)
        {
            return new StartResult(current, true, true, []);
        }

        if (request.RequestId.Length > 0 && state.AttachedRequests.ContainsKey(request.RequestId))
        {
            return new StartResult(current, false, true, []);
        }

        if (state.IsRunning)
        {
            var policy = request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
                ? WorkflowIdConflictPolicy.TerminateExisting
                : request.WorkflowIdConflictPolicy;
            switch (policy)
            {
                case WorkflowIdConflictPolicy.UseExisting:
                    var change = onExisting?.Invoke(current);
                    return new StartResult(current, false, false, change is null ? [] : [change]);
                case WorkflowIdConflictPolicy.TerminateExisting:
                    var termination = new Transaction(this, current);
                    termination.Terminate(
                        "TerminateIfRunning WorkflowIdReusePolicy",
                        Json($"terminated by new runID: {PlannedRunId(chain)}"),
                        "history-service",
                        []);
                    return new StartResult(null!, true, false, [termination]);
                default:
                    throw RpcErrors.AlreadyStarted(
                        $"Workflow execution is already running. WorkflowId: {chain.WorkflowId}, RunId: {state.RunId}.",
                        state.StartRequestId,
                        state.RunId,
                        state.Started.FirstExecutionRunId);
            }
        }

        switch (request.WorkflowIdReusePolicy)
        {
            case WorkflowIdReusePolicy.AllowDuplicateFailedOnly when state.Status == WorkflowExecutionStatus.Completed:
                throw RpcErrors.AlreadyStarted(
                    $"Workflow execution already finished successfully. WorkflowId: {chain.WorkflowId}, RunId: {state.RunId}. Workflow Id reuse policy: allow duplicate workflow Id if last run failed.",
                    state.StartRequestId,
                    state.RunId,
                    state.Started.FirstExecutionRunId);
            case WorkflowIdReusePolicy.RejectDuplicate:
                throw RpcErrors.AlreadyStarted(
                    $"Workflow execution already finished. WorkflowId: {chain.WorkflowId}, RunId: {state.RunId}. Workflow Id reuse policy: reject duplicate workflow Id.",
                    state.StartRequestId,
                    state.RunId,
                    state.Started.FirstExecutionRunId);
            default:
                return new StartResult(null!, true, false, []);
        }
    }

    /// <summary>A new run with its first event; nothing is stored before the transaction is committed.</summary>
    public Transaction CreateRun(
        Chain chain,
        string runId,
        string requestId,
        WorkflowExecutionStartedEventAttributes started,
        UserMetadata? userMetadata = null,
        IEnumerable<Link>? links = null)
    {
        var key = NextKey();
        var state = NewState(chain, key, runId, requestId);
        var execution = new Execution(chain, state, SlotFor(key, chain.Namespace, chain.WorkflowId))
        {
            StoredStatus = (int)WorkflowExecutionStatus.Running,
        };
        chain.Runs!.Add(new RunRef { Key = key, RunId = runId, RequestId = requestId, Execution = execution });
        var transaction = new Transaction(this, execution) { IsNew = true };
        started.WorkflowId = chain.WorkflowId;
        started.OriginalExecutionRunId = runId;
        if (started.FirstExecutionRunId.Length == 0)
        {
            started.FirstExecutionRunId = runId;
        }

        if (started.WorkflowExecutionTimeout is { } timeout && timeout.ToTimeSpan() > TimeSpan.Zero && started.WorkflowExecutionExpirationTime is null)
        {
            var backoff = started.FirstWorkflowTaskBackoff?.ToTimeSpan() ?? TimeSpan.Zero;
            started.WorkflowExecutionExpirationTime = Timestamp.FromDateTimeOffset(transaction.Now + backoff + timeout.ToTimeSpan());
        }

        var e = new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionStarted,
            WorkflowExecutionStartedEventAttributes = started,
            UserMetadata = userMetadata,
        };
        e.Links.AddRange(links ?? []);
        transaction.Add(e);
        return transaction;
    }

    /// <summary>The first event of a run that a client starts.</summary>
    public WorkflowExecutionStartedEventAttributes StartedBy(NamespaceRecord ns, StartWorkflowExecutionRequest request)
    {
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = request.WorkflowType,
            TaskQueue = new TaskQueue { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RetryPolicy = request.RetryPolicy is null ? null : RetryPolicies.WithDefaults(request.RetryPolicy),
            Attempt = 1,
            CronSchedule = request.CronSchedule,
            FirstWorkflowTaskBackoff = Duration.FromTimeSpan(TimeSpan.Zero),
            Memo = request.Memo,
            SearchAttributes = SearchAttributePayloads.WithTypes(request.SearchAttributes, ns.SearchAttributes),
            Header = request.Header,
            ContinuedFailure = request.ContinuedFailure,
            LastCompletionResult = request.LastCompletionResult,
            Priority = request.Priority,
            VersioningOverride = request.VersioningOverride,
        };
        started.CompletionCallbacks.AddRange(request.CompletionCallbacks);
        if (request.CronSchedule.Length > 0)
        {
            started.Initiator = ContinueAsNewInitiator.CronSchedule;
            started.FirstWorkflowTaskBackoff = Duration.FromTimeSpan(CronSchedule.Parse(request.CronSchedule).Backoff(Now, Now));
        }
        else if (request.WorkflowStartDelay is { } delay)
        {
            started.FirstWorkflowTaskBackoff = delay;
        }

        AdjustTimeouts(started);
        return started;
    }

    /// <summary>Cuts time-outs down to those around them.</summary>
    public static void AdjustTimeouts(WorkflowExecutionStartedEventAttributes started)
    {
        var execution = started.WorkflowExecutionTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        var run = started.WorkflowRunTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        if (execution > TimeSpan.Zero && (run == TimeSpan.Zero || run > execution))
        {
            run = execution;
            started.WorkflowRunTimeout = Duration.FromTimeSpan(run);
        }

        var task = started.WorkflowTaskTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        task = task == TimeSpan.Zero ? DefaultTaskTimeout : task;
        task = task > MaximumTaskTimeout ? MaximumTaskTimeout : task;
        task = run > TimeSpan.Zero && task > run ? run : task;
        started.WorkflowTaskTimeout = Duration.FromTimeSpan(task);
    }

    /// <summary>Run ids are made up before the run, as its predecessor's last event names it.</summary>
    private string PlannedRunId(Chain chain) => _planned.GetOrAdd(chain, static _ => Guid.NewGuid().ToString());

    private readonly ConcurrentDictionary<Chain, string> _planned = new();

    /// <summary>The run id that was planned for the chain's next run, or a new one.</summary>
    public string TakeRunId(Chain chain) => _planned.TryRemove(chain, out var planned) ? planned : Guid.NewGuid().ToString();

    private static Payloads Json(string text)
    {
        var payload = new Payload { Data = ByteString.CopyFrom(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text)) };
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        return new Payloads { Payloads_ = { payload } };
    }
}
