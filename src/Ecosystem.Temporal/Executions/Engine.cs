namespace Ecosystem.Temporal.Executions;

/// <summary>
/// Runs executions: takes requests, decides under the lock of the execution's chain, makes the decision durable and then tells queues,
/// timers and waiters. Everything it knows can be rebuilt from the store.
/// </summary>
internal sealed partial class Engine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(NamespaceRecord Namespace, string WorkflowId), Chain> _chains = new();
    private readonly ConcurrentDictionary<long, TimerSlot> _slots = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimerQueue _timers;
    private readonly TimerQueue _liveness;
    private readonly ChainEviction _eviction;
    private readonly Recovery _recovery;
    private long _lastKey;

    public Engine(IStore store, TimeProvider clock, NamespaceRegistry namespaces, TaskQueues queues)
    {
        Store = store;
        Clock = clock;
        Namespaces = namespaces;
        Queues = queues;
        _lastKey = store.LastKey();
        _timers = new TimerQueue(clock, Due, followsJumps: clock is not VirtualClock, claimed: () => Idle.Add(1));
        _liveness = new TimerQueue(SteadyClock.Instance, Overdue, followsJumps: false);
        _eviction = new ChainEviction(this);
        _recovery = new Recovery(this);
        namespaces.Cleaners.Add(ClearAsync);
        Deployments = new DeploymentRegistry(store, clock, namespaces, queues);
    }

    public IStore Store { get; }

    public TimeProvider Clock { get; }

    public NamespaceRegistry Namespaces { get; }

    public TaskQueues Queues { get; }

    public HistoryLimits HistoryLimits { get; init; } = new();

    /// <summary>Identity of workers that end with the process; null if none is known to.</summary>
    public string? InProcessWorkers { get; init; }

    public DeploymentRegistry Deployments { get; }

    public IdleTracker Idle { get; } = new();

    /// <summary>The time by the service's clock, which may be virtual.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The time by which workers are judged.</summary>
    public DateTimeOffset RealNow => SteadyClock.Instance.GetUtcNow();

    public TimerQueue Timers => _timers;

    /// <summary>A run has closed, durably. Called on the store's thread: handlers must not wait.</summary>
    public event Action<ExecutionState>? RunClosed;

    /// <summary>Ends when the service stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _timers.Dispose();
        _liveness.Dispose();
        Queues.ReleaseAll();
        _stopping.Dispose();
    }

    /// <summary>Runs a body under the lock of a chain, with the chain's runs known.</summary>
    public T WithChain<T>(NamespaceRecord ns, string workflowId, Func<Chain, T> body)
    {
        while (true)
        {
            var chain = _chains.GetOrAdd((ns, workflowId), static key => new Chain(key.Namespace, key.WorkflowId));
            lock (chain.Lock)
            {
                if (chain.Dead)
                {
                    continue;
                }

                chain.LastUsed = Environment.TickCount64;
                if (chain.Runs is null)
                {
                    chain.Runs = [.. Store.FindRuns(ns.Name, workflowId)
                        .Select(row => new RunRef { Key = row.Key, RunId = row.RunId, RequestId = row.RequestId, Superseded = row.Superseded })];
                    _eviction.Track(chain);
                }

                try
                {
                    return body(chain);
                }
                finally
                {
                    DropIfEmpty(chain);
                }
            }
        }
    }

    private void DropIfEmpty(Chain chain)
    {
        if (chain is { Runs.Count: 0, Removals: 0 })
        {
            chain.Die();
            _chains.TryRemove((chain.Namespace, chain.WorkflowId), out _);
        }
    }

    /// <summary>The run of that id, or the one that stands for the workflow id.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public Execution Resolve(Chain chain, string runId)
    {
        if (runId.Length == 0)
        {
            return chain.Current is { } current ? Load(chain, current) : throw RpcErrors.WorkflowNotFound(chain.WorkflowId);
        }

        return FindRun(chain, runId) ?? throw RpcErrors.RunNotFound(chain.WorkflowId, runId);
    }

    public Execution? FindRun(Chain chain, string runId)
    {
        var found = chain.Runs!.FindLast(run => run.RunId == runId);
        return found is null ? null : Load(chain, found);
    }

    /// <summary>Drops a chain from memory if nobody needs it.</summary>
    public bool TryEvict(Chain chain)
    {
        if (!chain.Lock.TryEnter())
        {
            return false;
        }

        try
        {
            if (chain.Dead)
            {
                return true;
            }

            if (chain.Removals > 0)
            {
                return false;
            }

            foreach (var run in chain.Runs!)
            {
                if (run.Execution is { Broken: false } execution
                    && (Volatile.Read(ref execution.PendingCommits) > 0 || execution.CountedUnits > 0 || execution.Updates.InFlight > 0 || !execution.Queries.IsEmpty))
                {
                    return false;
                }
            }

            var runs = chain.Runs;
            chain.Die();
            _chains.TryRemove((chain.Namespace, chain.WorkflowId), out _);
            foreach (var run in runs)
            {
                run.Execution?.SignalChanged();
            }

            return true;
        }
        finally
        {
            chain.Lock.Exit();
        }
    }

    /// <summary>Number of chains in memory.</summary>
    public int CachedChains => _chains.Count;

    /// <summary>Number of runs, in memory or not, for which something may fall due.</summary>
    public int TimedRuns => _slots.Count + _liveSlots.Count;

    /// <summary>Makes the changes durable together. The task completes when they are.</summary>
    public Task Commit(params ReadOnlySpan<Transaction> transactions) => Commit(new StoreWrite(), transactions);

    /// <summary>Like <see cref="Commit(ReadOnlySpan{Transaction})"/>, together with what is in the write already.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: a history was too long already, or a run would keep too much; it is terminated instead.</exception>
    public Task Commit(StoreWrite write, params ReadOnlySpan<Transaction> transactions)
    {
        // What follows the write, and the write itself, is work too.
        Idle.Add(1);
        var executions = new Execution[transactions.Length];
        string? refused = null;
        for (var i = 0; i < transactions.Length; i++)
        {
            var transaction = transactions[i];
            executions[i] = transaction.Execution;
            if (transaction is { IsNew: false, State.IsRunning: true }
                && (transaction.Outgrown ?? HistoryLimits.StateExceeded(transaction.State.KeptBytes())) is { } reason)
            {
                refused = reason;
                transaction = TerminateInstead(transaction.Execution, reason, null);
            }

            transaction.BoundBuffer();
            Prepare(write, transaction);
        }

        write.StillValid = () => !Array.Exists(executions, execution => execution.Broken);
        write.Committed.Add(() =>
        {
            foreach (var execution in executions)
            {
                Interlocked.Decrement(ref execution.PendingCommits);
                execution.SignalChanged();
            }

            Idle.Add(-1);
        });
        write.Failed.Add(() =>
        {
            foreach (var execution in executions)
            {
                execution.Broken = true;
                Interlocked.Decrement(ref execution.PendingCommits);
                Forget(execution);
                execution.SignalChanged();
            }

            Idle.Add(-1);
        });
        var stored = Store.CommitAsync(write);
        return refused is null ? stored : RefuseAsync(stored, refused);

        static async Task RefuseAsync(Task stored, string reason)
        {
            await stored;
            throw RpcErrors.InvalidArgument(reason);
        }
    }

    /// <summary>What was to happen to a run that is too large does not; the run ends.</summary>
    private Transaction TerminateInstead(Execution execution, string reason, Payloads? details)
    {
        Rollback(execution);
        var transaction = new Transaction(this, execution);
        transaction.Terminate(reason, details, Transaction.ServiceIdentity, []);
        return transaction;
    }

    /// <summary>Brings a run back to what is in history and the last overlay, after a change that must not be.</summary>
    public void Rollback(Execution execution)
    {
        var state = NewState(execution.Chain, execution.Key, execution.State.RunId, execution.State.StartRequestId);
        foreach (var e in AllEvents(execution))
        {
            state.Replay(e);
        }

        StateOverlay.Read(state, execution.Overlay);
        execution.State = state;
    }

    /// <summary>All events of a run that are in history.</summary>
    public IEnumerable<HistoryEvent> AllEvents(Execution execution)
    {
        if (execution.FirstCachedEventId > 1)
        {
            foreach (var e in ReadEvents(execution.Key, 1, execution.FirstCachedEventId))
            {
                yield return e;
            }
        }

        foreach (var e in execution.Events)
        {
            yield return e;
        }
    }

    /// <summary>Events of a run in the store, from one id on and before another.</summary>
    public IEnumerable<HistoryEvent> ReadEvents(long run, long from, long before)
    {
        const int chunk = 64;
        while (from < before)
        {
            var batches = Store.ReadHistory(run, from, chunk);
            if (batches.Count == 0)
            {
                yield break;
            }

            foreach (var batch in batches)
            {
                foreach (var e in History.Parser.ParseFrom(batch.Data).Events)
                {
                    if (e.EventId >= before)
                    {
                        yield break;
                    }

                    yield return e;
                }

                from = batch.FirstEventId + batch.Count;
            }
        }
    }

    public long NextKey() => Interlocked.Increment(ref _lastKey);

    private Execution Load(Chain chain, RunRef run)
    {
        if (run.Execution is { Broken: false } cached)
        {
            return cached;
        }

        var row = Store.Find(run.Key) ?? throw RpcErrors.RunNotFound(chain.WorkflowId, run.RunId);
        var state = NewState(chain, run.Key, run.RunId, row.RequestId);

        // Nothing falls due for one that is closed: only those that run are kept track of.
        var isRunning = row.Status == (int)WorkflowExecutionStatus.Running;
        var execution = new Execution(chain, state, isRunning ? SlotFor(run.Key, chain.Namespace, chain.WorkflowId) : new TimerSlot(run.Key, chain.Namespace, chain.WorkflowId))
        {
            Overlay = row.Overlay,
            StoredDue = row.Due,
            StoredReady = row.Ready,
            StoredStatus = row.Status,
            Superseded = row.Superseded,
        };
        foreach (var batch in Store.ReadHistory(run.Key, 1, int.MaxValue))
        {
            var events = History.Parser.ParseFrom(batch.Data).Events;
            execution.BatchStarts.Add(batch.FirstEventId);
            foreach (var e in events)
            {
                state.Replay(e);
                execution.Events.Add(e);
            }
        }

        StateOverlay.Read(state, row.Overlay);
        execution.FirstTaskListed = state.HadFirstTask;
        execution.Updates.ReviveAdmitted();
        execution.Trim(KeptEvents);
        run.Execution = execution;
        if (state.Task is { } task)
        {
            // How long a worker had it before it was loaded is not known; it gets its time again.
            task.Deadline = task.IsStarted ? RealNow + (!_started && EndedWithProcess(task.Identity) ? TimeSpan.Zero : task.StartToClose)
                : task.IsSticky ? RealNow + state.StickyTimeout
                : DateTimeOffset.MaxValue;
            Watch(execution);
        }

        if (!state.IsRunning)
        {
            // Somebody looks at it; it leaves again as one that has just closed does.
            _eviction.Closed(chain);
        }

        return execution;
    }

    private ExecutionState NewState(Chain chain, long key, string runId, string requestId) => new()
    {
        Key = key,
        Namespace = chain.Namespace,
        WorkflowId = chain.WorkflowId,
        RunId = runId,
        StartRequestId = requestId,
    };

    private TimerSlot SlotFor(long key, NamespaceRecord ns, string workflowId) =>
        _slots.GetOrAdd(key, static (slotKey, of) => new TimerSlot(slotKey, of.ns, of.workflowId), (ns, workflowId));

    private void Prepare(StoreWrite write, Transaction transaction)
    {
        var execution = transaction.Execution;
        var state = execution.State;
        Interlocked.Increment(ref execution.PendingCommits);
        state.Transitions++;
        if (transaction.TakeBatch() is { } batch)
        {
            write.History.Add(batch);
        }

        foreach (var action in transaction.AfterCommit)
        {
            write.Committed.Add(action);
        }

        foreach (var owed in transaction.Owed)
        {
            write.Owed.Add(new Transfer(execution.Key, owed));
            write.Committed.Add(() => RunTransfer(execution, owed));
        }

        if (!state.IsRunning && execution.StoredStatus == (int)WorkflowExecutionStatus.Running)
        {
            transaction.VisibilityChanged = true;
            _eviction.Closed(execution.Chain);
            write.Committed.Add(() => RunClosed?.Invoke(state));
        }

        var due = state.NextDue();
        var dueTicks = due == DateTimeOffset.MaxValue ? long.MaxValue : due.UtcTicks;
        var units = state.BusyUnits(transaction.Now);
        Idle.Add(units - execution.CountedUnits);
        execution.CountedUnits = units;
        var ready = state.IsReady(transaction.Now);
        var overlay = StateOverlay.Write(state);
        var status = (int)state.Status;
        write.Executions.Add(new ExecutionRow
        {
            Key = execution.Key,
            Namespace = state.Namespace.Name,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            RequestId = state.StartRequestId,
            Status = status,
            StoredStatus = transaction.IsNew ? 0 : execution.StoredStatus,
            Overlay = overlay,
            Due = dueTicks,
            Ready = ready,
            Superseded = execution.Superseded,
        });
        execution.Overlay = overlay;
        execution.StoredDue = dueTicks;
        execution.StoredReady = ready;
        execution.StoredStatus = status;
        // The first completed task gives the run its build ids.
        var firstTask = state.HadFirstTask && !execution.FirstTaskListed;
        if (transaction.IsNew || transaction.VisibilityChanged || firstTask)
        {
            execution.FirstTaskListed = state.HadFirstTask;
            var record = ExecutionDescription.ToVisibility(state);
            write.Visibility.Add(record with
            {
                IsNew = transaction.IsNew,
                SameAttributes = execution.Listed is { } listed && ReferenceEquals(listed.Map, record.Map) && Equals(listed.SearchAttributes, record.SearchAttributes),
            });
            execution.Listed = record;
        }

        _timers.Set(execution.Slot, dueTicks);
        Watch(execution);
        if (!state.IsRunning)
        {
            _slots.TryRemove(execution.Key, out _);
            _liveSlots.TryRemove(execution.Key, out _);
        }

        execution.Trim(KeptEvents);
    }

    private void Forget(Execution execution)
    {
        var chain = execution.Chain;
        _ = Task.Run(() =>
        {
            lock (chain.Lock)
            {
                Idle.Add(-execution.CountedUnits);
                execution.CountedUnits = 0;
                if (chain.Runs?.Find(run => run.Execution == execution) is { } run)
                {
                    run.Execution = null;
                }

                // The store knows which runs there are.
                chain.Die();
                _chains.TryRemove((chain.Namespace, chain.WorkflowId), out _);
            }

            _recovery.Dropped(execution.Key);
        });
    }

    /// <summary>Events of a run that stay in memory.</summary>
    private const int KeptEvents = 1000;
}
