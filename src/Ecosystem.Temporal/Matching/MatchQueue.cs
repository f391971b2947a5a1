namespace Ecosystem.Temporal.Matching;

/// <summary>One task queue: tasks that wait for a poller, or pollers that wait for a task. Thread-safe.</summary>
internal sealed class MatchQueue(TaskQueueKey key)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Poller> _pollers = [];
    private readonly SortedDictionary<int, Queue<QueueTask>> _backlog = [];
    private readonly Dictionary<string, PollerRecord> _recent = [];
    private int _waiting;
    private double _tokens;
    private long _refilled;
    private double? _rate;

    public TaskQueueKey Key { get; } = key;

    /// <summary>Tasks that wait.</summary>
    public int Backlog => Volatile.Read(ref _waiting);

    /// <summary>Tasks given to the queue and taken from it since it exists.</summary>
    public long Added { get; private set; }

    public long Dispatched { get; private set; }

    public DateTimeOffset LastPoll { get; private set; } = DateTimeOffset.MinValue;

    public bool HasWaitingPoller
    {
        get
        {
            lock (_lock)
            {
                return _pollers.Count > 0;
            }
        }
    }

    public IReadOnlyList<PollerRecord> RecentPollers
    {
        get
        {
            lock (_lock)
            {
                return [.. _recent.Values];
            }
        }
    }

    /// <summary>When the task that waits longest was added, or null.</summary>
    public DateTimeOffset? OldestWaiting
    {
        get
        {
            lock (_lock)
            {
                return _backlog.Values.Where(queue => queue.Count > 0).Select(queue => (DateTimeOffset?)queue.Peek().EnqueuedAt).Min();
            }
        }
    }

    /// <summary>Number of waiting tasks by priority.</summary>
    public IReadOnlyDictionary<int, int> BacklogByPriority
    {
        get
        {
            lock (_lock)
            {
                return _backlog.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
            }
        }
    }

    /// <summary>Gives a task to a waiting poller, or keeps it.</summary>
    public void Add(QueueTask task)
    {
        while (true)
        {
            Poller? poller;
            lock (_lock)
            {
                poller = TryTake(DateTimeOffset.UtcNow) ? _pollers.First?.Value : null;
                if (poller is null)
                {
                    if (!_backlog.TryGetValue(task.Priority, out var queue))
                    {
                        _backlog[task.Priority] = queue = new Queue<QueueTask>();
                    }

                    queue.Enqueue(task);
                    _waiting++;
                    Added++;
                    return;
                }

                _pollers.RemoveFirst();
                poller.Node = null;
            }

            if (poller.Source.TrySetResult(task))
            {
                lock (_lock)
                {
                    Added++;
                    Dispatched++;
                }

                return;
            }
        }
    }

    /// <summary>The next task, or null if none came by the deadline or the caller went away.</summary>
    public async Task<QueueTask?> PollAsync(PollerIdentity identity, TimeSpan wait, CancellationToken cancel)
    {
        Poller poller;
        lock (_lock)
        {
            var now = DateTimeOffset.UtcNow;
            LastPoll = now;
            Remember(identity, now);
            if (identity.MaxTasksPerSecond is { } rate && rate != _rate)
            {
                _rate = rate;
                _tokens = Math.Max(1, rate);
                _refilled = Environment.TickCount64;
            }

            if (_waiting > 0 && TryTake(now) && Dequeue() is { } ready)
            {
                return ready;
            }

            if (wait <= TimeSpan.Zero || cancel.IsCancellationRequested)
            {
                return null;
            }

            poller = new Poller();
            poller.Node = _pollers.AddLast(poller);
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(wait);
        using var registration = timer.Token.Register(
            static state =>
            {
                var (queue, waiting) = ((MatchQueue, Poller))state!;
                queue.GiveUp(waiting);
            },
            (this, poller));
        if (_rate is not null && Backlog > 0)
        {
            _ = RetryWhenAllowedAsync(timer.Token);
        }

        return await poller.Source.Task;
    }

    /// <summary>Ends every waiting poll of a worker that shuts down.</summary>
    public void Release(Func<PollerRecord, bool>? which)
    {
        List<Poller> released;
        lock (_lock)
        {
            if (which is not null)
            {
                foreach (var record in _recent.Where(pair => which(pair.Value)).Select(pair => pair.Key).ToList())
                {
                    _recent.Remove(record);
                }
            }

            released = [.. _pollers];
            _pollers.Clear();
            released.ForEach(poller => poller.Node = null);
        }

        released.ForEach(poller => poller.Source.TrySetResult(null));
    }

    private void GiveUp(Poller poller)
    {
        lock (_lock)
        {
            if (poller.Node is not null)
            {
                _pollers.Remove(poller.Node);
                poller.Node = null;
            }
        }

        poller.Source.TrySetResult(null);
    }

    private QueueTask? Dequeue()
    {
        foreach (var queue in _backlog.Values)
        {
            while (queue.TryDequeue(out var task))
            {
                _waiting--;
                if (task.IsLive is { } live && !live())
                {
                    continue;
                }

                Dispatched++;
                return task;
            }
        }

        return null;
    }

    private bool TryTake(DateTimeOffset now)
    {
        if (_rate is not { } rate)
        {
            return true;
        }

        var ticks = Environment.TickCount64;
        _tokens = Math.Min(Math.Max(1, rate), _tokens + (rate * (ticks - _refilled) / 1000));
        _refilled = ticks;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    /// <summary>Hands waiting tasks to waiting pollers as the queue's rate allows.</summary>
    private async Task RetryWhenAllowedAsync(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / Math.Max(_rate ?? 1000, 0.1)), cancel);
                lock (_lock)
                {
                    if (_waiting == 0 || _pollers.First is not { } node)
                    {
                        return;
                    }

                    if (TryTake(DateTimeOffset.UtcNow) && Dequeue() is { } task)
                    {
                        _pollers.RemoveFirst();
                        node.Value.Node = null;
                        node.Value.Source.TrySetResult(task);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The poll ended.
        }
    }

    private void Remember(PollerIdentity identity, DateTimeOffset now)
    {
        if (_recent.TryGetValue(identity.Identity, out var known))
        {
            known.LastAccess = now;
            known.Identity = identity;
            return;
        }

        if (_recent.Count > 100)
        {
            foreach (var old in _recent.Where(pair => now - pair.Value.LastAccess > TimeSpan.FromMinutes(5)).Select(pair => pair.Key).ToList())
            {
                _recent.Remove(old);
            }
        }

        _recent[identity.Identity] = new PollerRecord { Identity = identity, LastAccess = now };
    }

    private sealed class Poller
    {
        public TaskCompletionSource<QueueTask?> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Poller>? Node { get; set; }
    }
}
