namespace Ecosystem.Temporal.Executions;

/// <content>What happens when something is due.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan UnreadablePause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, TimerSlot> _liveSlots = new();

    /// <summary>Watches the pending workflow task of a run in real time.</summary>
    private void Watch(Execution execution)
    {
        var deadline = execution.State is { IsRunning: true, Task: { } task } ? task.Deadline : DateTimeOffset.MaxValue;
        if (deadline == DateTimeOffset.MaxValue)
        {
            if (_liveSlots.TryGetValue(execution.Key, out var resting))
            {
                _liveness.Set(resting, long.MaxValue);
            }

            return;
        }

        var slot = _liveSlots.GetOrAdd(
            execution.Key,
            static (key, chain) => new TimerSlot(key, chain.Namespace, chain.WorkflowId),
            execution.Chain);
        _liveness.Set(slot, deadline.UtcTicks);
    }

    /// <summary>A worker was too slow.</summary>
    private void Overdue(TimerSlot slot)
    {
        _ = Task.Run(() => WithChain(slot.Namespace, slot.WorkflowId, chain =>
        {
            if (chain.Runs!.Find(run => run.Key == slot.Key)?.Execution is not { Broken: false } execution)
            {
                return false;
            }

            if (execution.State is not { IsRunning: true, Task: { } task })
            {
                return false;
            }

            if (task.Deadline > RealNow)
            {
                Watch(execution);
                return false;
            }

            var transaction = new Transaction(this, execution);
            transaction.TimeOutTask();
            ObserveFailure(Commit(transaction));
            return true;
        }));
    }

    /// <summary>Something of a run is due by the service's clock. It counts as work since it left the queue.</summary>
    private void Due(TimerSlot slot)
    {
        try
        {
            if (slot.Fired is { } fired)
            {
                fired();
            }
            else
            {
                RunDue(slot);
            }
        }
        catch (Exception e) when (e is StoreException or RpcException)
        {
            // The run cannot be read now; once it can it goes on, and whoever asks for it until then is told why.
            _timers.Set(slot, (Now + UnreadablePause).UtcTicks);
        }
        finally
        {
            Idle.Add(-1);
        }
    }

    private void RunDue(TimerSlot slot) => WithChain(slot.Namespace, slot.WorkflowId, chain =>
    {
        var run = chain.Runs!.Find(run => run.Key == slot.Key);
        if (run is null)
        {
            return false;
        }

        var execution = Load(chain, run);
        if (execution.State.IsRunning)
        {
            FireDue(execution);
        }

        return true;
    });

    private void FireDue(Execution execution)
    {
        var transaction = new Transaction(this, execution);
        var state = execution.State;
        var now = transaction.Now;
        var changed = false;
        if (state.RunExpiration <= now)
        {
            TimeOutRun(transaction);
            return;
        }

        if (state.InBackoff && state.ExecutionTime <= now)
        {
            // A task that brings an update is the run's first as well.
            state.EndBackoff();
            transaction.ScheduleTaskIfNone();
            changed = true;
        }

        while (state.TimersByTime.Count > 0 && state.TimersByTime.Min.Time <= now)
        {
            var timer = state.Timers[state.TimersByTime.Min.TimerId];
            transaction.Add(new HistoryEvent
            {
                EventType = EventType.TimerFired,
                TimerFiredEventAttributes = new TimerFiredEventAttributes { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId },
            });
            transaction.ScheduleTaskIfNone();
            changed = true;
        }

        foreach (var activity in state.Activities.Values.ToList())
        {
            changed |= FireActivity(transaction, activity);
        }

        if (changed)
        {
            ObserveFailure(Commit(transaction));
        }
        else
        {
            var due = state.NextDue();
            _timers.Set(execution.Slot, due == DateTimeOffset.MaxValue ? long.MaxValue : due.UtcTicks);
        }
    }

    /// <summary>A background change that could not be stored leaves the run as it was; it is loaded anew when next used.</summary>
    private static void ObserveFailure(Task task) =>
        task.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
