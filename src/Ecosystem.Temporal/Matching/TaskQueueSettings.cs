namespace Ecosystem.Temporal.Matching;

/// <summary>What operators have set for queues: rates and weights, in memory and in the store.</summary>
internal sealed class TaskQueueSettings
{
    private const string DocumentKind = "taskqueue";
    private readonly ConcurrentDictionary<TaskQueueKey, TaskQueueConfig> _configs = new();
    private readonly IStore _store;
    private readonly TaskQueues _queues;

    public TaskQueueSettings(IStore store, NamespaceRegistry namespaces, TaskQueues queues)
    {
        _store = store;
        _queues = queues;
        foreach (var document in store.Documents(DocumentKind))
        {
            var parts = document.Key.Split('/', 3);
            if (namespaces.FindById(parts[0]) is { } ns)
            {
                Keep(new TaskQueueKey(ns, parts[2], (TaskQueueType)int.Parse(parts[1], CultureInfo.InvariantCulture)), TaskQueueConfig.Parser.ParseFrom(document.Data));
            }
        }

        namespaces.Cleaners.Add(ns => ClearAsync(ns));
    }

    /// <summary>The settings of a queue, or null.</summary>
    public TaskQueueConfig? Find(TaskQueueKey key) => _configs.GetValueOrDefault(key);

    /// <summary>Takes in what a request names and stores the result.</summary>
    public async Task<TaskQueueConfig> UpdateAsync(TaskQueueKey key, UpdateTaskQueueConfigRequest request, DateTimeOffset now)
    {
        var config = Find(key)?.Clone() ?? new TaskQueueConfig();
        config.QueueRateLimit = Limit(request.UpdateQueueRateLimit) ?? config.QueueRateLimit;
        config.FairnessKeysRateLimitDefault = Limit(request.UpdateFairnessKeyRateLimitDefault) ?? config.FairnessKeysRateLimitDefault;
        foreach (var (fairnessKey, weight) in request.SetFairnessWeightOverrides)
        {
            config.FairnessWeightOverrides[fairnessKey] = weight;
        }

        foreach (var fairnessKey in request.UnsetFairnessWeightOverrides)
        {
            config.FairnessWeightOverrides.Remove(fairnessKey);
        }

        Keep(key, config);
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, DocumentKey(key), config.ToByteArray()));
        await _store.CommitAsync(write);
        return config;

        RateLimitConfig? Limit(UpdateTaskQueueConfigRequest.Types.RateLimitUpdate? update) => update is null ? null : new RateLimitConfig
        {
            RateLimit = update.RateLimit,
            Metadata = new ConfigMetadata
            {
                Reason = update.Reason,
                UpdateIdentity = request.Identity,
                UpdateTime = Timestamp.FromDateTimeOffset(now),
            },
        };
    }

    private async Task ClearAsync(NamespaceRecord ns)
    {
        var write = new StoreWrite();
        foreach (var key in _configs.Keys.Where(key => key.Namespace == ns).ToList())
        {
            _configs.TryRemove(key, out _);
            write.Documents.Add(new StoreDocument(DocumentKind, DocumentKey(key), null));
        }

        if (write.HasDocuments)
        {
            await _store.CommitAsync(write);
        }
    }

    private void Keep(TaskQueueKey key, TaskQueueConfig config)
    {
        _configs[key] = config;
        _queues.Get(key.Namespace, key.Name, key.Type).Limit(config.QueueRateLimit?.RateLimit?.RequestsPerSecond);
    }

    private static string DocumentKey(TaskQueueKey key) => $"{key.Namespace.Id}/{(int)key.Type}/{key.Name}";
}
