using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>The one connection that writes. Used by one thread.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _execution;
    private readonly SqliteStatement _sameStatus;
    private readonly SqliteStatement _history;
    private readonly VisibilityTable _visibility;
    private readonly SqliteStatement _owe;
    private readonly SqliteStatement _pay;
    private readonly SqliteStatement _document;
    private readonly SqliteStatement _dropDocument;
    private readonly SqliteStatement[] _delete;
    private readonly Dictionary<long, (ExecutionRow Row, int StoredStatus)> _latestRows = [];
    private readonly Dictionary<long, VisibilityRecord> _latestRecords = [];

    public SqliteWriter(string connectionString, long? maximumBytes)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqliteSchema.Prepare(_connection, create: true);
        if (maximumBytes is { } bytes)
        {
            SqliteSchema.Limit(_connection, bytes);
        }

        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
        _rollback = new SqliteStatement(_connection, "ROLLBACK");
        _execution = new SqliteStatement(_connection, """
            INSERT INTO executions (key, ns, workflow_id, run_id, request_id, status, due, ready, superseded, overlay, checksum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (key) DO UPDATE SET status = ?6, due = ?7, ready = ?8, superseded = ?9, overlay = ?10, checksum = ?11
            """);

        // Most changes of a run leave its status and so both indexes alone.
        _sameStatus = new SqliteStatement(_connection, "UPDATE executions SET due = ?2, ready = ?3, superseded = ?4, overlay = ?5, checksum = ?6 WHERE key = ?1");
        _history = new SqliteStatement(_connection, "INSERT INTO history (id, count, data, checksum) VALUES (?1, ?2, ?3, ?4)");
        _visibility = new VisibilityTable(_connection);
        _owe = new SqliteStatement(_connection, "INSERT OR IGNORE INTO transfers (run, kind) VALUES (?1, ?2)");
        _pay = new SqliteStatement(_connection, "DELETE FROM transfers WHERE run = ?1 AND kind = ?2");
        _document = new SqliteStatement(_connection, "INSERT INTO documents (kind, key, data, checksum) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, key) DO UPDATE SET data = ?3, checksum = ?4");
        _dropDocument = new SqliteStatement(_connection, "DELETE FROM documents WHERE kind = ?1 AND key = ?2");
        _delete =
        [
            new SqliteStatement(_connection, $"DELETE FROM history WHERE id >= (?1 << {SqliteSchema.EventBits}) AND id < ((?1 + 1) << {SqliteSchema.EventBits})"),
            new SqliteStatement(_connection, "DELETE FROM executions WHERE key = ?1"),
            new SqliteStatement(_connection, "DELETE FROM transfers WHERE run = ?1"),
        ];
    }

    public void MakeReadOnly() => SqliteSchema.Execute(_connection, "PRAGMA query_only = 1");

    /// <summary>Makes writes durable in one transaction; all or none.</summary>
    public void Write(IReadOnlyList<StoreWrite> writes)
    {
        FindLatest(writes);
        _begin.Run();
        try
        {
            foreach (var write in writes)
            {
                Apply(write);
            }

            _commit.Run();
        }
        catch
        {
            try
            {
                _rollback.Run();
            }
            catch (SqliteException)
            {
                // SQLite has rolled back by itself.
            }

            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _execution.Dispose();
        _sameStatus.Dispose();
        _history.Dispose();
        _visibility.Dispose();
        _owe.Dispose();
        _pay.Dispose();
        _document.Dispose();
        _dropDocument.Dispose();
        foreach (var command in _delete)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>A row that is written again in the same transaction need not be written before.</summary>
    private void FindLatest(IReadOnlyList<StoreWrite> writes)
    {
        _latestRows.Clear();
        _latestRecords.Clear();
        foreach (var write in writes)
        {
            foreach (var row in write.HasExecutions ? write.Executions : [])
            {
                _latestRows[row.Key] = (row, _latestRows.TryGetValue(row.Key, out var earlier) ? earlier.StoredStatus : row.StoredStatus);
            }

            foreach (var record in write.HasVisibility ? write.Visibility : [])
            {
                _latestRecords[record.Key] = _latestRecords.TryGetValue(record.Key, out var before) ? record.InsteadOf(before) : record;
            }
        }
    }

    private void Apply(StoreWrite write)
    {
        if (write.HasExecutions)
        {
            foreach (var row in write.Executions)
            {
                var (latest, storedStatus) = _latestRows[row.Key];
                if (ReferenceEquals(latest, row))
                {
                    Write(row, storedStatus);
                }
            }
        }

        if (write.HasHistory)
        {
            foreach (var batch in write.History)
            {
                _history.Bind(SqliteSchema.HistoryId(batch.Run, batch.FirstEventId)).Bind(batch.Count).Bind(batch.Data).Bind(RowChecksum.Of(batch)).Run();
            }
        }

        if (write.HasVisibility)
        {
            foreach (var record in write.Visibility)
            {
                // The first write that has the run brings what the last one says.
                if (_latestRecords.Remove(record.Key, out var latest))
                {
                    _visibility.Write(latest);
                }
            }
        }

        if (write.HasTransfers)
        {
            foreach (var transfer in write.Owed)
            {
                _owe.Bind(transfer.Run).Bind((int)transfer.Kind).Run();
            }

            foreach (var transfer in write.Paid)
            {
                _pay.Bind(transfer.Run).Bind((int)transfer.Kind).Run();
            }
        }

        if (write.HasDocuments)
        {
            foreach (var document in write.Documents)
            {
                if (document.Data is null)
                {
                    _dropDocument.Bind(document.Kind).Bind(document.Key).Run();
                }
                else
                {
                    _document.Bind(document.Kind).Bind(document.Key).Bind(document.Data).Bind(RowChecksum.Of(document)).Run();
                }
            }
        }

        if (write.HasDeleted)
        {
            foreach (var key in write.Deleted)
            {
                foreach (var command in _delete)
                {
                    command.Bind(key).Run();
                }

                _visibility.Delete(key);
            }
        }
    }

    private void Write(ExecutionRow row, int storedStatus)
    {
        if (storedStatus == row.Status)
        {
            _sameStatus.Bind(row.Key);
        }
        else
        {
            _execution.Bind(row.Key)
                .Bind(row.Namespace)
                .Bind(row.WorkflowId)
                .Bind(row.RunId)
                .Bind(row.RequestId)
                .Bind(row.Status);
        }

        (storedStatus == row.Status ? _sameStatus : _execution).Bind(row.Due)
            .Bind(row.Ready ? 1 : 0)
            .Bind(row.Superseded ? 1 : 0)
            .Bind(row.Overlay)
            .Bind(RowChecksum.Of(row))
            .Run();
    }
}
