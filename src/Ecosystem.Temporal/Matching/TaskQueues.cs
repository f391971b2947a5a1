namespace Ecosystem.Temporal.Matching;

/// <summary>All task queues of the service; a queue exists once it is named.</summary>
internal sealed class TaskQueues
{
    private readonly ConcurrentDictionary<TaskQueueKey, MatchQueue> _queues = new();

    public MatchQueue Get(NamespaceRecord ns, string name, TaskQueueType type) =>
        _queues.GetOrAdd(new TaskQueueKey(ns, name, type), static key => new MatchQueue(key));

    public MatchQueue? Find(NamespaceRecord ns, string name, TaskQueueType type) =>
        _queues.GetValueOrDefault(new TaskQueueKey(ns, name, type));

    public IEnumerable<MatchQueue> All => _queues.Values;

    /// <summary>Ends all waiting polls, so that the service can stop.</summary>
    public void ReleaseAll()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Release(null);
        }
    }
}
