using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>The one connection that writes. Used by one thread.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _execution;
    private readonly SqliteCommand _history;
    private readonly VisibilityTable _visibility;
    private readonly SqliteCommand _owe;
    private readonly SqliteCommand _pay;
    private readonly SqliteCommand _document;
    private readonly SqliteCommand _dropDocument;
    private readonly SqliteCommand[] _delete;

    public SqliteWriter(string connectionString, long? maximumBytes)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqliteSchema.Prepare(_connection, create: true);
        if (maximumBytes is { } bytes)
        {
            SqliteSchema.Limit(_connection, bytes);
        }

        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _execution = Prepare(
            """
            INSERT INTO executions (key, ns, workflow_id, run_id, request_id, status, due, ready, superseded, overlay, checksum)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (key) DO UPDATE SET status = $5, due = $6, ready = $7, superseded = $8, overlay = $9, checksum = $10
            """,
            11);
        _history = Prepare("INSERT INTO history (id, count, data, checksum) VALUES ($0, $1, $2, $3)", 4);
        _visibility = new VisibilityTable(_connection);
        _owe = Prepare("INSERT OR IGNORE INTO transfers (run, kind) VALUES ($0, $1)", 2);
        _pay = Prepare("DELETE FROM transfers WHERE run = $0 AND kind = $1", 2);
        _document = Prepare(
            "INSERT INTO documents (kind, key, data, checksum) VALUES ($0, $1, $2, $3) ON CONFLICT (kind, key) DO UPDATE SET data = $2, checksum = $3",
            4);
        _dropDocument = Prepare("DELETE FROM documents WHERE kind = $0 AND key = $1", 2);
        _delete =
        [
            Prepare($"DELETE FROM history WHERE id >= ($0 << {SqliteSchema.EventBits}) AND id < (($0 + 1) << {SqliteSchema.EventBits})", 1),
            Prepare("DELETE FROM executions WHERE key = $0", 1),
            Prepare("DELETE FROM transfers WHERE run = $0", 1),
        ];
    }

    /// <summary>Makes writes durable in one transaction; all or none.</summary>
    public void Write(IEnumerable<StoreWrite> writes)
    {
        _begin.ExecuteNonQuery();
        try
        {
            foreach (var write in writes)
            {
                Apply(write);
            }

            _commit.ExecuteNonQuery();
        }
        catch
        {
            try
            {
                _rollback.ExecuteNonQuery();
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

    private void Apply(StoreWrite write)
    {
        if (write.HasExecutions)
        {
            foreach (var row in write.Executions)
            {
                Run(
                    _execution,
                    row.Key,
                    row.Namespace,
                    row.WorkflowId,
                    row.RunId,
                    row.RequestId,
                    row.Status,
                    row.Due,
                    row.Ready ? 1 : 0,
                    row.Superseded ? 1 : 0,
                    row.Overlay,
                    RowChecksum.Of(row));
            }
        }

        if (write.HasHistory)
        {
            foreach (var batch in write.History)
            {
                Run(_history, SqliteSchema.HistoryId(batch.Run, batch.FirstEventId), batch.Count, batch.Data, RowChecksum.Of(batch));
            }
        }

        if (write.HasVisibility)
        {
            foreach (var record in write.Visibility)
            {
                _visibility.Write(record);
            }
        }

        if (write.HasTransfers)
        {
            foreach (var transfer in write.Owed)
            {
                Run(_owe, transfer.Run, (int)transfer.Kind);
            }

            foreach (var transfer in write.Paid)
            {
                Run(_pay, transfer.Run, (int)transfer.Kind);
            }
        }

        if (write.HasDocuments)
        {
            foreach (var document in write.Documents)
            {
                if (document.Data is null)
                {
                    Run(_dropDocument, document.Kind, document.Key);
                }
                else
                {
                    Run(_document, document.Kind, document.Key, document.Data, RowChecksum.Of(document));
                }
            }
        }

        if (write.HasDeleted)
        {
            foreach (var key in write.Deleted)
            {
                foreach (var command in _delete)
                {
                    Run(command, key);
                }

                _visibility.Delete(key);
            }
        }
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Statements are constants of this assembly; values are parameters.")]
    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }
}
