using Ecosystem.Temporal.Visibility.Filters;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>
/// The visibility tables of a store whose content ends with the process: the same SQL on a database in memory. Rows are put into it when
/// someone asks, the latest of each run only, as most runs of a test are never listed.
/// </summary>
internal sealed class MemoryVisibility : IVisibilityStore, IDisposable
{
    private const int Most = 5_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, VisibilityRecord?> _pending = [];
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly VisibilityTable _table;
    private readonly VisibilityReader _reader;

    public MemoryVisibility()
    {
        _connection.Open();
        _table = new VisibilityTable(_connection);
        _reader = new VisibilityReader(_connection);
    }

    public void Write(VisibilityRecord record)
    {
        lock (_lock)
        {
            Put(record.Key, _pending.GetValueOrDefault(record.Key) is { } unwritten ? record.InsteadOf(unwritten) : record);
        }
    }

    public void Delete(long key)
    {
        lock (_lock)
        {
            Put(key, null);
        }
    }

    public VisibilityRecord? Find(long key)
    {
        lock (_lock)
        {
            Settle();
            return _reader.Find(key);
        }
    }

    public IReadOnlyList<VisibilityRecord> List(string ns, VisibilityQuery query, int pageSize, VisibilityPageToken? after)
    {
        lock (_lock)
        {
            Settle();
            return _reader.List(ns, query, pageSize, after);
        }
    }

    public long Count(string ns, VisibilityQuery query)
    {
        lock (_lock)
        {
            Settle();
            return _reader.Count(ns, query);
        }
    }

    public IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, VisibilityQuery query)
    {
        lock (_lock)
        {
            Settle();
            return _reader.CountByStatus(ns, query);
        }
    }

    /// <summary>Keys of runs that closed before a time.</summary>
    public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit)
    {
        lock (_lock)
        {
            Settle();
            return _reader.ClosedBefore(ns, time, limit);
        }
    }

    private void Put(long key, VisibilityRecord? record)
    {
        _pending[key] = record;
        if (_pending.Count >= Most)
        {
            Settle();
        }
    }

    private void Settle()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        SqliteSchema.Execute(_connection, "BEGIN");
        foreach (var (key, record) in _pending)
        {
            if (record is null)
            {
                _table.Delete(key);
            }
            else
            {
                _table.Write(record);
            }
        }

        SqliteSchema.Execute(_connection, "COMMIT");
        _pending.Clear();
    }

    public void Dispose()
    {
        _table.Dispose();
        _connection.Dispose();
    }
}
