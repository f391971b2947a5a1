namespace Ecosystem.Temporal.Executions;

/// <content>Taking runs up from the store, at the start and after a write that failed.</content>
internal sealed partial class Engine
{
    private bool _started;

    /// <summary>Takes up the open runs of the store.</summary>
    public void Start()
    {
        var ready = new List<ExecutionRow>();
        foreach (var row in Store.OpenExecutions())
        {
            if (Namespaces.Find(row.Namespace) is not { } ns)
            {
                continue;
            }

            if (row.Ready)
            {
                ready.Add(row);
            }

            if (row.Due != long.MaxValue)
            {
                _timers.Set(SlotFor(row.Key, ns, row.WorkflowId), row.Due);
            }
        }

        foreach (var row in ready)
        {
            TakeUpTasks(Namespaces.Get(row.Namespace), row);
        }

        TakeUpTransfers();
        _started = true;
    }

    /// <summary>Takes up one run as the store has it: its timer, and its tasks if it waits for any.</summary>
    public void TakeUp(long key)
    {
        if (Store.Find(key) is not { } row)
        {
            // It was never stored.
            _slots.TryRemove(key, out _);
            return;
        }

        if (Namespaces.Find(row.Namespace) is not { } ns || row.Status != (int)WorkflowExecutionStatus.Running)
        {
            return;
        }

        _timers.Set(SlotFor(key, ns, row.WorkflowId), row.Due);
        if (row.Ready)
        {
            TakeUpTasks(ns, row);
        }
    }

    /// <summary>Sends the messages that closed runs still owe.</summary>
    public void TakeUpTransfers()
    {
        foreach (var transfer in Store.Transfers())
        {
            if (Store.Find(transfer.Run) is { } row && Namespaces.Find(row.Namespace) is { } ns)
            {
                WithChain(ns, row.WorkflowId, chain =>
                {
                    RunTransfer(FindRun(chain, row.RunId)!, transfer.Kind);
                    return true;
                });
            }
        }
    }

    /// <summary>
    /// Whether workers of that name ended with the process that had the store before. A virtual clock does not move while a worker has
    /// something, and workers of such a service live in its process: what one had would be waited for by everybody, for ever.
    /// </summary>
    public bool EndedWithProcess(string identity) => Clock is VirtualClock || identity == InProcessWorkers;

    private void TakeUpTasks(NamespaceRecord ns, ExecutionRow row) => WithChain(ns, row.WorkflowId, chain =>
    {
        if (FindRun(chain, row.RunId) is { } execution && execution.State.IsRunning)
        {
            Resume(execution);
        }

        return true;
    });

    /// <summary>Takes a run up after a restart: its tasks go to their queues again.</summary>
    private void Resume(Execution execution)
    {
        var units = execution.State.BusyUnits(Now);
        Idle.Add(units - execution.CountedUnits);
        execution.CountedUnits = units;
        if (execution.State.Task is { IsStarted: false } task)
        {
            PublishWorkflowTask(execution, task);
        }

        if (execution.State.Task is null)
        {
            var transaction = new Transaction(this, execution);
            if (execution.State.Buffered.Count > 0)
            {
                transaction.ScheduleTask();
                _ = Commit(transaction);
            }
        }

        TakeBackAttempts(execution);
        foreach (var activity in execution.State.Activities.Values)
        {
            DispatchIfDue(execution, activity);
        }

        foreach (var child in execution.State.Children.Values.Where(child => child.StartedEventId == 0))
        {
            StartChild(execution, child.InitiatedEventId);
        }

        foreach (var initiated in execution.State.ExternalSignals.Keys)
        {
            SendExternalSignal(execution, initiated);
        }

        foreach (var initiated in execution.State.ExternalCancels.Keys)
        {
            SendExternalCancel(execution, initiated);
        }
    }

    /// <summary>Attempts that went down with their worker have timed out; those that may be made again are handed out at once.</summary>
    private void TakeBackAttempts(Execution execution)
    {
        if (_started || execution.State.Activities.Values.Where(activity => activity.IsStarted && EndedWithProcess(activity.Identity)).ToList() is not { Count: > 0 } lost)
        {
            return;
        }

        var transaction = new Transaction(this, execution);
        foreach (var activity in lost)
        {
            TimeOutActivity(transaction, activity, TimeoutType.StartToClose, delays: false);
        }

        ObserveFailure(Commit(transaction));
    }
}
