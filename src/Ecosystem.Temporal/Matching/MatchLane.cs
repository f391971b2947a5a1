namespace Ecosystem.Temporal.Matching;

/// <summary>
/// The part of a queue that belongs to the workers of one deployment version, or to those without a version: tasks that wait for a
/// poller, or pollers that wait for a task. Guarded by the queue's lock.
/// </summary>
internal sealed class MatchLane
{
    private readonly LinkedList<WaitingPoller> _pollers = [];
    private readonly SortedDictionary<int, Queue<QueueTask>> _backlog = [];

    /// <summary>True while somebody hands tasks to waiting pollers at the queue's rate.</summary>
    public bool IsServed { get; set; }

    public bool HasPoller => _pollers.Count > 0;

    public int Backlog { get; private set; }

    /// <summary>Waiting tasks by priority.</summary>
    public IEnumerable<KeyValuePair<int, Queue<QueueTask>>> ByPriority => _backlog;

    public void Enqueue(QueueTask task)
    {
        if (!_backlog.TryGetValue(task.Priority, out var queue))
        {
            _backlog[task.Priority] = queue = new Queue<QueueTask>();
        }

        queue.Enqueue(task);
        Backlog++;
    }

    /// <summary>The next task that still is one, or null.</summary>
    public QueueTask? Dequeue()
    {
        foreach (var queue in _backlog.Values)
        {
            while (queue.TryDequeue(out var task))
            {
                Backlog--;
                if (task.IsLive is { } live && !live())
                {
                    continue;
                }

                return task;
            }
        }

        return null;
    }

    /// <summary>Takes out all tasks.</summary>
    public List<QueueTask> Drain()
    {
        var tasks = _backlog.Values.SelectMany(queue => queue).ToList();
        _backlog.Clear();
        Backlog = 0;
        return tasks;
    }

    public WaitingPoller Wait()
    {
        var poller = new WaitingPoller(this);
        poller.Node = _pollers.AddLast(poller);
        return poller;
    }

    /// <summary>Takes out the poller that waits longest, or null.</summary>
    public WaitingPoller? TakePoller()
    {
        var poller = _pollers.First?.Value;
        if (poller is not null)
        {
            Remove(poller);
        }

        return poller;
    }

    public void Remove(WaitingPoller poller)
    {
        if (poller.Node is { } node)
        {
            _pollers.Remove(node);
            poller.Node = null;
        }
    }

    /// <summary>Takes out all pollers.</summary>
    public List<WaitingPoller> ReleasePollers()
    {
        var released = _pollers.ToList();
        released.ForEach(Remove);
        return released;
    }
}

/// <summary>A poll that waits for a task.</summary>
internal sealed class WaitingPoller(MatchLane lane)
{
    public MatchLane Lane { get; } = lane;

    public TaskCompletionSource<QueueTask?> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinkedListNode<WaitingPoller>? Node { get; set; }
}
