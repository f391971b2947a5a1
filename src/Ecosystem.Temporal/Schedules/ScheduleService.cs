using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules;

/// <summary>
/// Keeps the schedules of the service: wakes them when they are due, starts and stops their workflows, and stores what changed before
/// anybody is told. The decisions are <see cref="ScheduleMachine"/>'s.
/// </summary>
internal sealed class ScheduleService : IDisposable
{
    /// <summary>The division in which the visibility tables keep schedules apart from workflows.</summary>
    public const string Division = "TemporalScheduler";

    /// <summary>What stands before a schedule's id where a server names the workflow that it is.</summary>
    public const string WorkflowPrefix = "temporal-sys-scheduler:";

    private const string DocumentKind = "schedule";
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Namespace, string Id), ScheduleEntry> _schedules = new();
    private readonly ConcurrentDictionary<(string Namespace, string WorkflowId), ScheduleEntry> _running = new();
    private readonly DeletedSchedules _deleted = new();
    private readonly Engine _engine;

    public ScheduleService(Engine engine)
    {
        _engine = engine;
        foreach (var document in engine.Store.Documents(DocumentKind))
        {
            var stored = StoredSchedule.Deserialize(document.Data!);
            if (engine.Namespaces.Find(stored.State.Namespace) is { } ns)
            {
                Keep(ns, new ScheduleMachine(stored.State), stored.RowKey);
            }
        }

        engine.RunClosed += Closed;
        engine.Namespaces.Cleaners.Add(async ns =>
        {
            foreach (var entry in _schedules.Where(pair => pair.Key.Namespace == ns.Name).Select(pair => pair.Value).ToList())
            {
                await DeleteAsync(entry);
            }

            _deleted.Clear(ns.Name);
        });
    }

    /// <summary>Wakes every schedule once, for what came due while the service was down.</summary>
    public void Start()
    {
        foreach (var entry in _schedules.Values)
        {
            Wake(entry);
        }
    }

    public void Dispose()
    {
        _engine.RunClosed -= Closed;
        foreach (var entry in _schedules.Values)
        {
            entry.Dispose();
        }
    }

    /// <summary>The schedule of that id.</summary>
    /// <param name="ns">Its namespace.</param>
    /// <param name="id">Its id.</param>
    /// <param name="ended">The error if it was deleted lately; by default the one that any ended workflow leads to.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT without an id, NOT_FOUND if there is none.</exception>
    public ScheduleEntry Get(NamespaceRecord ns, string id, Func<RpcException>? ended = null)
    {
        if (id.Length == 0)
        {
            throw RpcErrors.InvalidArgument("Can't load workflow execution.  WorkflowId not set.");
        }

        return _schedules.TryGetValue((ns.Name, id), out var entry) && !entry.Deleted ? entry
            : throw (_deleted.Find(ns.Name, id) is null ? RpcErrors.WorkflowNotFound(WorkflowPrefix + id) : (ended ?? RpcErrors.AlreadyCompleted)());
    }

    /// <summary>What is left of a schedule that was deleted lately, or null.</summary>
    public ScheduleMachine? FindDeleted(string ns, string id) => _schedules.ContainsKey((ns, id)) ? null : _deleted.Find(ns, id);

    /// <summary>The schedule of that id, or null.</summary>
    public ScheduleEntry? Find(string ns, string id) => _schedules.GetValueOrDefault((ns, id));

    /// <summary>Makes a schedule.</summary>
    /// <returns>Its conflict token.</returns>
    public async Task<long> CreateAsync(NamespaceRecord ns, ScheduleState state, SchedulePatch? patch)
    {
        if (FindDeleted(ns.Name, state.ScheduleId)?.State.CreatedBy == state.CreatedBy)
        {
            // This very request was answered before; what it made has ended since.
            return state.ConflictToken;
        }

        var entry = Keep(ns, new ScheduleMachine(state), _engine.NextKey(), out var existing);
        if (existing is not null)
        {
            return existing.Machine.State.CreatedBy == state.CreatedBy
                ? existing.Machine.State.ConflictToken
                : throw RpcErrors.AlreadyStarted($"schedule \"{state.ScheduleId}\" is already registered", existing.Machine.State.CreatedBy, "", "");
        }

        await ChangeAsync(entry, machine =>
        {
            if (patch is not null)
            {
                machine.Patch(patch, _engine.Now);
            }
        });
        _deleted.Remove(ns.Name, state.ScheduleId);
        return state.ConflictToken;
    }

    /// <summary>Changes a schedule, stores it, and does what it then wants done.</summary>
    public async Task ChangeAsync(ScheduleEntry entry, Action<ScheduleMachine> change)
    {
        _engine.Idle.Add(1);
        try
        {
            await entry.Gate.WaitAsync(_engine.Stopping);
            try
            {
                if (entry.Deleted)
                {
                    throw RpcErrors.AlreadyCompleted();
                }

                change(entry.Machine);
                await AdvanceAsync(entry);
            }
            finally
            {
                entry.Gate.Release();
            }
        }
        finally
        {
            _engine.Idle.Add(-1);
        }
    }

    /// <summary>Looks at a schedule while nothing changes it.</summary>
    public async Task<T> ReadAsync<T>(ScheduleEntry entry, Func<ScheduleMachine, T> read)
    {
        await entry.Gate.WaitAsync(_engine.Stopping);
        try
        {
            return read(entry.Machine);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Removes a schedule; what it has started goes on.</summary>
    public async Task DeleteAsync(ScheduleEntry entry)
    {
        await entry.Gate.WaitAsync(_engine.Stopping);
        try
        {
            entry.Deleted = true;
            var state = entry.Machine.State;
            _engine.Timers.Set(entry.Slot, long.MaxValue);
            _schedules.TryRemove((state.Namespace, state.ScheduleId), out _);
            var write = new StoreWrite();
            write.Documents.Add(new StoreDocument(DocumentKind, Key(state), null));
            write.Deleted.Add(entry.RowKey);
            await _engine.Store.CommitAsync(write);
            _deleted.Add(state);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Actions that are listed as running and still are.</summary>
    public IEnumerable<WorkflowExecution> StillRunning(ScheduleMachine machine) =>
        machine.State.Info.RunningWorkflows.Where(execution => EndOf(machine.State.Namespace, execution) is null);

    private static string Key(ScheduleState state) => state.Namespace + "/" + state.ScheduleId;

    private void Keep(NamespaceRecord ns, ScheduleMachine machine, long rowKey) => Keep(ns, machine, rowKey, out _);

    private ScheduleEntry Keep(NamespaceRecord ns, ScheduleMachine machine, long rowKey, out ScheduleEntry? existing)
    {
        ScheduleEntry entry = null!;
        entry = new ScheduleEntry
        {
            Machine = machine,
            RowKey = rowKey,
            Slot = new TimerSlot(rowKey, ns, WorkflowPrefix + machine.State.ScheduleId) { Fired = () => Wake(entry) },
        };
        var kept = _schedules.GetOrAdd((ns.Name, machine.State.ScheduleId), entry);
        existing = ReferenceEquals(kept, entry) ? null : kept;
        foreach (var execution in machine.State.Info.RunningWorkflows)
        {
            _running[(ns.Name, execution.WorkflowId)] = kept;
        }

        return kept;
    }

    private void Wake(ScheduleEntry entry) => _ = WakeAsync(entry);

    private async Task WakeAsync(ScheduleEntry entry)
    {
        try
        {
            await ChangeAsync(entry, _ => { });
        }
        catch (StoreException)
        {
            _engine.Timers.Set(entry.Slot, (_engine.Now + StoreRetry).UtcTicks);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            // Deleted meanwhile, or the service stops: a stored schedule is taken up at the next start.
        }
    }

    private async Task AdvanceAsync(ScheduleEntry entry)
    {
        var machine = entry.Machine;
        RecordEnds(machine);
        var effects = machine.Advance(_engine.Now);
        do
        {
            await StoreAsync(entry);
            foreach (var effect in effects)
            {
                await CarryOutAsync(entry, effect);
            }

            if (effects.Count > 0)
            {
                await StoreAsync(entry);
            }

            RecordEnds(machine, onlyWatched: true);
            effects = machine.Advance(_engine.Now);
        }
        while (effects.Count > 0);

        _engine.Timers.Set(entry.Slot, machine.NextWakeUp()?.UtcTicks ?? long.MaxValue);
    }

    private async Task CarryOutAsync(ScheduleEntry entry, ScheduleEffect effect)
    {
        var state = entry.Machine.State;
        var ns = _engine.Namespaces.Get(state.Namespace);
        switch (effect)
        {
            case StartAction start:
                await StartAsync(entry, ns, start);
                break;
            case StopAction { Terminate: true } stop:
                await IgnoreNotFoundAsync(_engine.TerminateAsync(ns, new TerminateWorkflowExecutionRequest
                {
                    Namespace = ns.Name,
                    WorkflowExecution = new WorkflowExecution { WorkflowId = stop.Execution.WorkflowId },
                    FirstExecutionRunId = stop.Execution.RunId,
                    Identity = Identity(state),
                    Reason = "terminated by schedule overlap policy",
                }));
                break;
            case StopAction stop:
                await IgnoreNotFoundAsync(_engine.CancelAsync(ns, new RequestCancelWorkflowExecutionRequest
                {
                    Namespace = ns.Name,
                    WorkflowExecution = new WorkflowExecution { WorkflowId = stop.Execution.WorkflowId },
                    FirstExecutionRunId = stop.Execution.RunId,
                    Identity = Identity(state),
                    RequestId = Guid.NewGuid().ToString(),
                    Reason = "cancelled by schedule overlap policy",
                }));
                break;
        }
    }

    private async Task StartAsync(ScheduleEntry entry, NamespaceRecord ns, StartAction start)
    {
        var state = entry.Machine.State;
        if (state.Schedule.Action.StartWorkflow is not { } action)
        {
            entry.Machine.GivenUp(start);
            return;
        }

        var request = new StartWorkflowExecutionRequest
        {
            Namespace = ns.Name,
            WorkflowId = entry.Machine.WorkflowIdOf(start.Start),
            WorkflowType = action.WorkflowType,
            TaskQueue = action.TaskQueue,
            Input = action.Input,
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
            WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
            RetryPolicy = action.RetryPolicy,
            Memo = action.Memo,
            SearchAttributes = action.SearchAttributes?.Clone() ?? new SearchAttributes(),
            Header = action.Header,
            UserMetadata = action.UserMetadata,
            Priority = action.Priority,
            VersioningOverride = action.VersioningOverride,
            LastCompletionResult = state.LastResult,
            ContinuedFailure = state.LastFailure,
            Identity = Identity(state),
            RequestId = $"{state.Namespace}/{state.ScheduleId}/{start.Start.Nominal.UtcTicks}/{start.Start.Manual}",
        };
        request.SearchAttributes.IndexedFields["TemporalScheduledStartTime"] = SearchAttributePayloads.Encode(
            ((start.Start.Nominal.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) * 1_000_000_000, IndexedValueType.Datetime);
        request.SearchAttributes.IndexedFields["TemporalScheduledById"] = SearchAttributePayloads.Encode(state.ScheduleId, IndexedValueType.Keyword);
        try
        {
            StartValidation.Check(ns, request);
            var started = await _engine.StartAsync(ns, request);
            var execution = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = started.RunId };
            entry.Machine.Started(start, execution, _engine.Now);
            if (start.Tracked)
            {
                _running[(ns.Name, execution.WorkflowId)] = entry;
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.AlreadyExists or StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            // What cannot be started now cannot be started by waiting either: the action is given up, as the server does.
            entry.Machine.GivenUp(start);
        }
    }

    private static string Identity(ScheduleState state) => $"temporal-scheduler-{state.Namespace}-{state.ScheduleId}";

    private static async Task IgnoreNotFoundAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // It has ended by itself.
        }
    }

    private void Closed(ExecutionState run)
    {
        if (run.Status != WorkflowExecutionStatus.ContinuedAsNew
            && _running.TryGetValue((run.Namespace.Name, run.WorkflowId), out var entry)
            && entry.Machine.Watches)
        {
            Wake(entry);
        }
    }

    private void RecordEnds(ScheduleMachine machine, bool onlyWatched = false)
    {
        if (onlyWatched && !machine.Watches)
        {
            return;
        }

        foreach (var execution in machine.State.Info.RunningWorkflows.ToList())
        {
            if (EndOf(machine.State.Namespace, execution) is { } end)
            {
                _running.TryRemove((machine.State.Namespace, execution.WorkflowId), out _);
                machine.Ended(execution, end.Status, end.Result, end.Failure);
            }
        }
    }

    /// <summary>How an action ended, its retries and continuations included; null while it runs.</summary>
    private (WorkflowExecutionStatus Status, Payloads? Result, Failure? Failure)? EndOf(string name, WorkflowExecution started)
    {
        var ns = _engine.Namespaces.Get(name);
        return _engine.WithChain<(WorkflowExecutionStatus, Payloads?, Failure?)?>(ns, started.WorkflowId, chain =>
        {
            if (chain.Current is null)
            {
                return (WorkflowExecutionStatus.Terminated, null, null);
            }

            var execution = _engine.Resolve(chain, "");
            if (execution.State.Started.FirstExecutionRunId != started.RunId)
            {
                execution = _engine.FindRun(chain, started.RunId);
            }

            if (execution is null || execution.State.IsRunning)
            {
                return execution is null ? (WorkflowExecutionStatus.Terminated, null, null) : null;
            }

            var last = _engine.AllEvents(execution).Last();
            return (
                execution.State.Status,
                last.WorkflowExecutionCompletedEventAttributes?.Result,
                last.WorkflowExecutionFailedEventAttributes?.Failure);
        });
    }

    private Task StoreAsync(ScheduleEntry entry)
    {
        var state = entry.Machine.State;
        var ns = _engine.Namespaces.Get(state.Namespace);
        var attributes = state.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields["TemporalNamespaceDivision"] = SearchAttributePayloads.Encode(Division, IndexedValueType.Keyword);
        attributes.IndexedFields["TemporalSchedulePaused"] = SearchAttributePayloads.Encode(state.Schedule.State.Paused ? 1L : 0L, IndexedValueType.Bool);
        var created = state.Info.CreateTime.ToDateTimeOffset();
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, Key(state), new StoredSchedule(entry.RowKey, state).Serialize()));
        write.Visibility.Add(new VisibilityRecord
        {
            Key = entry.RowKey,
            Map = ns.SearchAttributes,
            Namespace = ns.Name,
            WorkflowId = state.ScheduleId,
            RunId = "",
            WorkflowType = "temporal-sys-scheduler-workflow",
            TaskQueue = "",
            Status = WorkflowExecutionStatus.Running,
            StartTime = created,
            ExecutionTime = created,
            RootWorkflowId = state.ScheduleId,
            Memo = state.Memo,
            SearchAttributes = attributes,
        });
        return _engine.Store.CommitAsync(write);
    }
}
