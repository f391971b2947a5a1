namespace Ecosystem.Temporal.Executions;

/// <summary>One run in memory: its state, its latest events, and who waits for it. Guarded by the lock of its <see cref="Chain"/>.</summary>
internal sealed class Execution
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Execution(Chain chain, ExecutionState state, TimerSlot slot)
    {
        Chain = chain;
        State = state;
        Slot = slot;
        Updates = new UpdateRegistry(this);
    }

    public Chain Chain { get; }

    public ExecutionState State { get; set; }

    public long Key => State.Key;

    public TimerSlot Slot { get; }

    /// <summary>The latest events, up to the last one; from the first on if the history is short.</summary>
    public List<HistoryEvent> Events { get; } = [];

    /// <summary>First event of each batch in <see cref="Events"/>.</summary>
    public List<long> BatchStarts { get; } = [];

    public long FirstCachedEventId => Events.Count == 0 ? State.NextEventId : Events[0].EventId;

    public UpdateRegistry Updates { get; }

    public QueryRegistry Queries { get; } = new();

    /// <summary>The overlay as last written.</summary>
    public byte[] Overlay { get; set; } = [];

    public long StoredDue { get; set; } = -1;

    public bool StoredReady { get; set; }

    public int StoredStatus { get; set; }

    /// <summary>Whether lists know that the run completed a workflow task.</summary>
    public bool FirstTaskListed { get; set; }

    /// <summary>What lists were last told of the run; null if that was before it was loaded.</summary>
    public VisibilityRecord? Listed { get; set; }

    public bool Superseded { get; set; }

    /// <summary>Busy units as counted by the idle tracker.</summary>
    public int CountedUnits { get; set; }

    /// <summary>Writes that are not durable yet.</summary>
    public int PendingCommits;

    /// <summary>A write failed: memory is ahead of the store and must not be used.</summary>
    public volatile bool Broken;

    /// <summary>Completes at the next change of the history or state.</summary>
    public Task Changed
    {
        get
        {
            lock (Updates)
            {
                return _changed.Task;
            }
        }
    }

    public void SignalChanged()
    {
        TaskCompletionSource before;
        lock (Updates)
        {
            before = _changed;
            if (!WaitersKnown)
            {
                return;
            }

            WaitersKnown = false;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }

    /// <summary>Whether anyone took <see cref="Changed"/> since it was last completed.</summary>
    private bool WaitersKnown { get; set; }

    /// <summary>Like <see cref="Changed"/>, and remembers that someone waits. Take it before looking at the state.</summary>
    public Task WaitForChange()
    {
        lock (Updates)
        {
            WaitersKnown = true;
            return _changed.Task;
        }
    }

    /// <summary>Forgets early events of a long history that are in the store.</summary>
    public void Trim(int keep)
    {
        if (Events.Count <= keep * 2 || PendingCommits > 0)
        {
            return;
        }

        var first = Events[^keep].EventId;
        var batch = BatchStarts.FindLastIndex(start => start <= first);
        if (batch <= 0)
        {
            return;
        }

        var count = (int)(BatchStarts[batch] - Events[0].EventId);
        Events.RemoveRange(0, count);
        BatchStarts.RemoveRange(0, batch);
    }
}
