using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>One connection that reads, with its statements prepared.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string RowColumns = "key, ns, workflow_id, run_id, request_id, status, due, ready, superseded, overlay, checksum";
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteReader(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqliteSchema.Prepare(_connection, create: false);
        Visibility = new VisibilityReader(_connection);
    }

    /// <summary>Lists and counts runs.</summary>
    public VisibilityReader Visibility { get; }

    public ExecutionRow? Find(long key) =>
        Query($"SELECT {RowColumns} FROM executions WHERE key = $0", ReadRow, key).SingleOrDefault();

    public IReadOnlyList<ExecutionRow> FindRuns(string ns, string workflowId) =>
        Query($"SELECT {RowColumns} FROM executions WHERE workflow_id = $0 AND ns = $1 ORDER BY key", ReadRow, workflowId, ns);

    public IReadOnlyList<HistoryBatch> ReadHistory(long run, long fromEventId, int limit) => Query(
        "SELECT id, count, data, checksum FROM history WHERE id >= $0 AND id < $1 ORDER BY id LIMIT $2",
        ReadBatch,
        SqliteSchema.HistoryId(run, fromEventId),
        SqliteSchema.HistoryId(run + 1, 0),
        limit);

    public IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit) => Query(
        "SELECT id, count, data, checksum FROM history WHERE id >= $0 AND id <= $1 ORDER BY id DESC LIMIT $2",
        ReadBatch,
        SqliteSchema.HistoryId(run, 0),
        SqliteSchema.HistoryId(run, fromEventId),
        limit);

    public IEnumerable<ExecutionRow> OpenExecutions() => Query(
        $"SELECT {RowColumns} FROM executions WHERE status = 1",
        static row => ReadRow(row) with { Overlay = [] });

    public IReadOnlyList<Transfer> Transfers() =>
        Query("SELECT run, kind FROM transfers", row => new Transfer(row.GetInt64(0), (TransferKind)row.GetInt32(1)));

    public IReadOnlyList<StoreDocument> Documents(string kind) =>
        Query("SELECT key, data, checksum FROM documents WHERE kind = $0", row => ReadDocument(kind, row), kind);

    public long LastKey() => Query("SELECT MAX((SELECT COALESCE(MAX(key), 0) FROM executions), (SELECT COALESCE(MAX(key), 0) FROM visibility))", row => row.GetInt64(0)).Single();

    /// <summary>Rows of a statement, all read. The text is prepared once; parameters are $0, $1 and so on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Statements are constants of this assembly; values are parameters.")]
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            if (_commands.Count < 100)
            {
                _commands[sql] = command;
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        using var rows = command.ExecuteReader();
        var result = new List<T>();
        while (rows.Read())
        {
            result.Add(read(rows));
        }

        return result;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>What SQLite itself finds wrong with the file, a line each; reads all of it.</summary>
    public IReadOnlyList<string> IntegrityProblems() =>
        [.. Query("PRAGMA integrity_check", row => row.GetString(0)).Where(line => line != "ok").Select(line => $"the file: {line}")];

    private static ExecutionRow ReadRow(SqliteDataReader reader)
    {
        var row = new ExecutionRow
        {
            Key = reader.GetInt64(0),
            Namespace = reader.GetString(1),
            WorkflowId = reader.GetString(2),
            RunId = reader.GetString(3),
            RequestId = reader.GetString(4),
            Status = reader.GetInt32(5),
            Due = reader.GetInt64(6),
            Ready = reader.GetInt32(7) != 0,
            Superseded = reader.GetInt32(8) != 0,
            Overlay = reader.GetFieldValue<byte[]>(9),
        };
        return reader.GetInt64(10) == RowChecksum.Of(row) ? row : throw SqliteFailures.Damaged($"the state of run {row.RunId} of {row.WorkflowId}");
    }

    private static HistoryBatch ReadBatch(SqliteDataReader reader)
    {
        var id = reader.GetInt64(0);
        var batch = new HistoryBatch(
            id >> SqliteSchema.EventBits,
            id & ((1L << SqliteSchema.EventBits) - 1),
            reader.GetInt32(1),
            reader.GetFieldValue<byte[]>(2));
        return reader.GetInt64(3) == RowChecksum.Of(batch)
            ? batch
            : throw SqliteFailures.Damaged($"events from {batch.FirstEventId} on of run number {batch.Run}");
    }

    private static StoreDocument ReadDocument(string kind, SqliteDataReader reader)
    {
        var document = new StoreDocument(kind, reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        return reader.GetInt64(2) == RowChecksum.Of(document) ? document : throw SqliteFailures.Damaged($"the {kind} '{document.Key}'");
    }
}
