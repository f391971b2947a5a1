using Temporalio.Api.Worker.V1;

namespace Ecosystem.Temporal.Workers;

/// <summary>What workers last said of themselves. Kept in memory only: a worker that lives says it again.</summary>
internal sealed class WorkerRegistry(TimeProvider clock)
{
    private const int MostWorkers = 100_000;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<(NamespaceRecord Namespace, string Key), (WorkerHeartbeat Heartbeat, DateTimeOffset Seen)> _workers = new();

    public void Record(NamespaceRecord ns, WorkerHeartbeat heartbeat)
    {
        if (heartbeat.Status == WorkerStatus.Shutdown)
        {
            _workers.TryRemove((ns, heartbeat.WorkerInstanceKey), out _);
            return;
        }

        var now = clock.GetUtcNow();
        if (_workers.Count >= MostWorkers)
        {
            foreach (var old in _workers.Where(pair => now - pair.Value.Seen > Memory).Select(pair => pair.Key).ToList())
            {
                _workers.TryRemove(old, out _);
            }
        }

        _workers[(ns, heartbeat.WorkerInstanceKey)] = (heartbeat, now);
    }

    public WorkerHeartbeat? Find(NamespaceRecord ns, string key) => _workers.TryGetValue((ns, key), out var worker) ? worker.Heartbeat : null;

    /// <summary>The workers of a namespace that were heard of in the last day, by key.</summary>
    public IEnumerable<WorkerHeartbeat> All(NamespaceRecord ns)
    {
        var oldest = clock.GetUtcNow() - Memory;
        return _workers.Where(pair => pair.Key.Namespace == ns && pair.Value.Seen >= oldest)
            .Select(pair => pair.Value.Heartbeat)
            .OrderBy(heartbeat => heartbeat.WorkerInstanceKey, StringComparer.Ordinal);
    }

    public Task ClearAsync(NamespaceRecord ns)
    {
        foreach (var key in _workers.Keys.Where(key => key.Namespace == ns).ToList())
        {
            _workers.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }
}
