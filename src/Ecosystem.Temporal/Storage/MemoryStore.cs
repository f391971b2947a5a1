namespace Ecosystem.Temporal.Storage;

/// <summary>A store whose content ends with the process.</summary>
internal sealed class MemoryStore : IStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Entry> _runs = [];
    private readonly Dictionary<(string Namespace, string WorkflowId), List<long>> _chains = [];
    private readonly MemoryVisibility _visibility = new();
    private readonly HashSet<Transfer> _transfers = [];
    private readonly Dictionary<(string Kind, string Key), byte[]> _documents = [];
    private long _lastKey;

    public long WaitingWrites => 0;

    public long WaitingBytes => 0;

    public StoreException? LastFailure => null;

    public IVisibilityStore Visibility => _visibility;

    public Task CommitAsync(StoreWrite write)
    {
        if (write.StillValid?.Invoke() == false)
        {
            write.RunFailed();
            return Task.FromException(new StoreException("An earlier change of the same run could not be stored."));
        }

        lock (_lock)
        {
            Apply(write);
        }

        write.RunCommitted();
        return Task.CompletedTask;
    }

    public ExecutionRow? Find(long key)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(key, out var entry) ? entry.Row : null;
        }
    }

    public IReadOnlyList<ExecutionRow> FindRuns(string ns, string workflowId)
    {
        lock (_lock)
        {
            return _chains.TryGetValue((ns, workflowId), out var keys) ? keys.ConvertAll(key => _runs[key].Row) : [];
        }
    }

    public IReadOnlyList<HistoryBatch> ReadHistory(long run, long fromEventId, int limit)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(run, out var entry)
                ? [.. entry.History.Where(batch => batch.FirstEventId >= fromEventId).Take(limit)]
                : [];
        }
    }

    public IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(run, out var entry)
                ? [.. Enumerable.Reverse(entry.History).Where(batch => batch.FirstEventId <= fromEventId).Take(limit)]
                : [];
        }
    }

    public IEnumerable<ExecutionRow> OpenExecutions()
    {
        lock (_lock)
        {
            return [.. _runs.Values.Select(entry => entry.Row).Where(row => row.Status == (int)WorkflowExecutionStatus.Running)];
        }
    }

    public IReadOnlyList<Transfer> Transfers()
    {
        lock (_lock)
        {
            return [.. _transfers];
        }
    }

    public IReadOnlyList<StoreDocument> Documents(string kind)
    {
        lock (_lock)
        {
            return [.. _documents.Where(pair => pair.Key.Kind == kind).Select(pair => new StoreDocument(kind, pair.Key.Key, pair.Value))];
        }
    }

    public long LastKey()
    {
        lock (_lock)
        {
            return _lastKey;
        }
    }

    public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit) => _visibility.ClosedBefore(ns, time, limit);

    public ValueTask DisposeAsync()
    {
        _visibility.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Apply(StoreWrite write)
    {
        if (write.HasExecutions)
        {
            foreach (var row in write.Executions)
            {
                if (_runs.TryGetValue(row.Key, out var entry))
                {
                    entry.Row = row;
                    continue;
                }

                _runs[row.Key] = new Entry { Row = row };
                if (!_chains.TryGetValue((row.Namespace, row.WorkflowId), out var keys))
                {
                    _chains[(row.Namespace, row.WorkflowId)] = keys = new List<long>(1);
                }

                keys.Add(row.Key);
                _lastKey = Math.Max(_lastKey, row.Key);
            }
        }

        if (write.HasHistory)
        {
            foreach (var batch in write.History)
            {
                _runs[batch.Run].History.Add(batch);
            }
        }

        if (write.HasVisibility)
        {
            foreach (var record in write.Visibility)
            {
                _lastKey = Math.Max(_lastKey, record.Key);
                _visibility.Write(record);
            }
        }

        if (write.HasTransfers)
        {
            _transfers.UnionWith(write.Owed);
            _transfers.ExceptWith(write.Paid);
        }

        if (write.HasDocuments)
        {
            foreach (var document in write.Documents)
            {
                if (document.Data is null)
                {
                    _documents.Remove((document.Kind, document.Key));
                }
                else
                {
                    _documents[(document.Kind, document.Key)] = document.Data;
                }
            }
        }

        if (write.HasDeleted)
        {
            foreach (var key in write.Deleted)
            {
                Delete(key);
            }
        }
    }

    private void Delete(long key)
    {
        // Schedules and activities have a row in lists and no run.
        _visibility.Delete(key);
        if (!_runs.Remove(key, out var entry))
        {
            return;
        }

        var chain = (entry.Row.Namespace, entry.Row.WorkflowId);
        var keys = _chains[chain];
        keys.Remove(key);
        if (keys.Count == 0)
        {
            _chains.Remove(chain);
        }

        _transfers.RemoveWhere(transfer => transfer.Run == key);
    }

    private sealed class Entry
    {
        public required ExecutionRow Row { get; set; }

        public List<HistoryBatch> History { get; } = new(4);
    }
}
