namespace Ecosystem.Temporal.Matching;

/// <summary>One task queue, with a lane for each deployment version whose workers poll it. Thread-safe.</summary>
internal sealed class MatchQueue(TaskQueueKey key)
{
    private const int RememberedPollers = 100;
    private static readonly TimeSpan PollerMemory = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly MatchLane _unversioned = new();
    private readonly Dictionary<string, MatchLane> _versioned = [];
    private readonly Dictionary<(string Identity, string Version), PollerRecord> _recent = [];
    private readonly RateLimiter _limiter = new();
    private readonly RateMeter _added = new();
    private readonly RateMeter _dispatched = new();
    private QueueRouting _routing = QueueRouting.Unversioned;
    private double? _workerRate;
    private double? _configuredRate;

    public TaskQueueKey Key { get; } = key;

    public DateTimeOffset LastPoll { get; private set; } = DateTimeOffset.MinValue;

    public bool HasWaitingPoller
    {
        get
        {
            lock (_lock)
            {
                return Lanes.Any(lane => lane.HasPoller);
            }
        }
    }

    /// <summary>Who polled in the last minutes.</summary>
    public IReadOnlyList<PollerRecord> RecentPollers
    {
        get
        {
            lock (_lock)
            {
                var oldest = DateTimeOffset.UtcNow - PollerMemory;
                return [.. _recent.Values.Where(poller => poller.LastAccess >= oldest)];
            }
        }
    }

    /// <summary>The rate that workers asked for, if any.</summary>
    public double? WorkerRate
    {
        get
        {
            lock (_lock)
            {
                return _workerRate;
            }
        }
    }

    private IEnumerable<MatchLane> Lanes => _versioned.Count == 0 ? [_unversioned] : _versioned.Values.Prepend(_unversioned);

    /// <summary>Tasks that wait for workers of a version.</summary>
    public int Backlog(string version)
    {
        lock (_lock)
        {
            return Lane(version).Backlog;
        }
    }

    /// <summary>What waits, and how fast tasks come and go.</summary>
    /// <param name="version">Only the lane of this version; null for the whole queue.</param>
    public QueueStatistics Statistics(string? version = null)
    {
        lock (_lock)
        {
            var lanes = version is null ? Lanes : [Lane(version)];
            var byPriority = new SortedDictionary<int, (int Count, DateTimeOffset? Oldest)>();
            foreach (var (priority, queue) in lanes.SelectMany(lane => lane.ByPriority))
            {
                var (count, oldest) = byPriority.GetValueOrDefault(priority);
                var first = queue.TryPeek(out var task) ? task.EnqueuedAt : oldest;
                byPriority[priority] = (count + queue.Count, oldest < first ? oldest : first);
            }

            return new QueueStatistics(byPriority, _added.Rate, _dispatched.Rate);
        }
    }

    /// <summary>Limits the rate of the queue, whatever workers ask for; null leaves it to them.</summary>
    public void Limit(double? tasksPerSecond)
    {
        lock (_lock)
        {
            _configuredRate = tasksPerSecond;
            _limiter.Set(_configuredRate ?? _workerRate);
        }
    }

    /// <summary>The version that gets the tasks of a workflow that is not pinned.</summary>
    public string RouteOf(string workflowId)
    {
        lock (_lock)
        {
            return _routing.For(workflowId);
        }
    }

    /// <summary>Sends tasks that are not pinned another way from now on; those that wait, too.</summary>
    public void Route(QueueRouting routing)
    {
        List<QueueTask> waiting = [];
        lock (_lock)
        {
            if (_routing == routing)
            {
                return;
            }

            _routing = routing;
            waiting.AddRange(Lanes.SelectMany(lane => lane.Drain()).OrderBy(task => task.EnqueuedAt));
        }

        waiting.ForEach(task => Add(task, isNew: false));
    }

    /// <summary>Gives a task to a waiting poller, or keeps it.</summary>
    public void Add(QueueTask task) => Add(task, isNew: true);

    /// <summary>The next task, or null if none came by the deadline or the caller went away.</summary>
    public async Task<QueueTask?> PollAsync(PollerIdentity identity, TimeSpan wait, CancellationToken cancel)
    {
        WaitingPoller poller;
        lock (_lock)
        {
            var now = DateTimeOffset.UtcNow;
            LastPoll = now;
            Remember(identity, now);
            if (identity.MaxTasksPerSecond is { } rate)
            {
                _workerRate = rate;
                _limiter.Set(_configuredRate ?? rate);
            }

            var lane = Lane(identity.Version);
            if (lane.Backlog > 0 && _limiter.TryTake() && lane.Dequeue() is { } ready)
            {
                _dispatched.Record();
                return ready;
            }

            if (wait <= TimeSpan.Zero || cancel.IsCancellationRequested)
            {
                return null;
            }

            poller = lane.Wait();
            if (lane.Backlog > 0)
            {
                Serve(lane);
            }
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(wait);
        using var registration = timer.Token.Register(
            static state =>
            {
                var (queue, waiting) = ((MatchQueue, WaitingPoller))state!;
                queue.GiveUp(waiting);
            },
            (this, poller));
        return await poller.Source.Task;
    }

    /// <summary>Ends every waiting poll, and forgets the pollers that are named.</summary>
    public void Release(Func<PollerRecord, bool>? forget)
    {
        List<WaitingPoller> released;
        lock (_lock)
        {
            foreach (var gone in _recent.Where(pair => forget?.Invoke(pair.Value) == true).Select(pair => pair.Key).ToList())
            {
                _recent.Remove(gone);
            }

            released = [.. Lanes.SelectMany(lane => lane.ReleasePollers())];
        }

        released.ForEach(poller => poller.Source.TrySetResult(null));
    }

    private void Add(QueueTask task, bool isNew)
    {
        while (true)
        {
            WaitingPoller? poller;
            lock (_lock)
            {
                if (isNew)
                {
                    _added.Record();
                    isNew = false;
                }

                var lane = Lane(task.Version ?? (task.TakesRamping ? _routing.Latest : _routing.For(task.WorkflowId)));
                poller = lane.HasPoller && _limiter.TryTake() ? lane.TakePoller() : null;
                if (poller is null)
                {
                    lane.Enqueue(task);
                    if (lane.HasPoller)
                    {
                        Serve(lane);
                    }

                    return;
                }
            }

            if (poller.Source.TrySetResult(task))
            {
                lock (_lock)
                {
                    _dispatched.Record();
                }

                return;
            }
        }
    }

    private MatchLane Lane(string version)
    {
        if (version.Length == 0)
        {
            return _unversioned;
        }

        if (!_versioned.TryGetValue(version, out var lane))
        {
            _versioned[version] = lane = new MatchLane();
        }

        return lane;
    }

    private void GiveUp(WaitingPoller poller)
    {
        lock (_lock)
        {
            poller.Lane.Remove(poller);
        }

        poller.Source.TrySetResult(null);
    }

    /// <summary>Hands waiting tasks to waiting pollers as soon as the queue's rate allows.</summary>
    private void Serve(MatchLane lane)
    {
        if (!lane.IsServed && _limiter.Rate is { } rate)
        {
            lane.IsServed = true;
            _ = ServeAsync(lane, TimeSpan.FromSeconds(1 / Math.Max(rate, 0.1)));
        }
    }

    private async Task ServeAsync(MatchLane lane, TimeSpan pause)
    {
        while (true)
        {
            await Task.Delay(pause);
            lock (_lock)
            {
                if (!lane.HasPoller || lane.Backlog == 0)
                {
                    lane.IsServed = false;
                    return;
                }

                if (_limiter.TryTake() && lane.Dequeue() is { } task)
                {
                    _dispatched.Record();
                    lane.TakePoller()!.Source.TrySetResult(task);
                }
            }
        }
    }

    private void Remember(PollerIdentity identity, DateTimeOffset now)
    {
        if (identity.Identity.Length == 0)
        {
            return;
        }

        // One process may have workers of several versions.
        var key = (identity.Identity, identity.Version);
        if (_recent.TryGetValue(key, out var known))
        {
            known.LastAccess = now;
            known.Identity = identity;
            return;
        }

        if (_recent.Count > RememberedPollers)
        {
            foreach (var old in _recent.Where(pair => now - pair.Value.LastAccess > PollerMemory).Select(pair => pair.Key).ToList())
            {
                _recent.Remove(old);
            }
        }

        _recent[key] = new PollerRecord { Identity = identity, LastAccess = now };
    }
}

/// <summary>What waits in a queue.</summary>
/// <param name="ByPriority">Number of waiting tasks and the time of the oldest, by priority.</param>
/// <param name="AddRate">Tasks added a second.</param>
/// <param name="DispatchRate">Tasks given to workers a second.</param>
internal sealed record QueueStatistics(IReadOnlyDictionary<int, (int Count, DateTimeOffset? Oldest)> ByPriority, float AddRate, float DispatchRate);
