using Ecosystem.Temporal.Visibility.Filters;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>The visibility tables of a store whose content ends with the process: the same SQL on a database in memory.</summary>
internal sealed class MemoryVisibility : IVisibilityStore, IDisposable
{
    private readonly Lock _lock = new();
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
            _table.Write(record);
        }
    }

    public void Delete(long key)
    {
        lock (_lock)
        {
            _table.Delete(key);
        }
    }

    public VisibilityRecord? Find(long key)
    {
        lock (_lock)
        {
            return _reader.Find(key);
        }
    }

    public IReadOnlyList<VisibilityRecord> List(string ns, VisibilityQuery query, int pageSize, VisibilityPageToken? after)
    {
        lock (_lock)
        {
            return _reader.List(ns, query, pageSize, after);
        }
    }

    public long Count(string ns, VisibilityQuery query)
    {
        lock (_lock)
        {
            return _reader.Count(ns, query);
        }
    }

    public IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, VisibilityQuery query)
    {
        lock (_lock)
        {
            return _reader.CountByStatus(ns, query);
        }
    }

    /// <summary>Keys of runs that closed before a time.</summary>
    public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit)
    {
        lock (_lock)
        {
            return _reader.ClosedBefore(ns, time, limit);
        }
    }

    public void Dispose()
    {
        _table.Dispose();
        _connection.Dispose();
    }
}
