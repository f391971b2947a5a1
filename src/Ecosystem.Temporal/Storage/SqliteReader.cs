using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>One connection that reads, with its statements prepared.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string RowColumns = "key, ns, workflow_id, run_id, request_id, status, due, ready, superseded, overlay";
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
        "SELECT id, count, data FROM history WHERE id >= $0 AND id < $1 ORDER BY id LIMIT $2",
        ReadBatch,
        SqliteSchema.HistoryId(run, fromEventId),
        SqliteSchema.HistoryId(run + 1, 0),
        limit);

    public IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit) => Query(
        "SELECT id, count, data FROM history WHERE id >= $0 AND id <= $1 ORDER BY id DESC LIMIT $2",
        ReadBatch,
        SqliteSchema.HistoryId(run, 0),
        SqliteSchema.HistoryId(run, fromEventId),
        limit);

    public IEnumerable<ExecutionRow> OpenExecutions() => Query(
        "SELECT key, ns, workflow_id, run_id, request_id, status, due, ready, superseded, x'' FROM executions WHERE status = 1",
        ReadRow);

    public IReadOnlyList<Transfer> Transfers() =>
        Query("SELECT run, kind FROM transfers", row => new Transfer(row.GetInt64(0), (TransferKind)row.GetInt32(1)));

    public IReadOnlyList<StoreDocument> Documents(string kind) =>
        Query("SELECT key, data FROM documents WHERE kind = $0", row => new StoreDocument(kind, row.GetString(0), row.GetFieldValue<byte[]>(1)), kind);

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

    private static ExecutionRow ReadRow(SqliteDataReader row) => new()
    {
        Key = row.GetInt64(0),
        Namespace = row.GetString(1),
        WorkflowId = row.GetString(2),
        RunId = row.GetString(3),
        RequestId = row.GetString(4),
        Status = row.GetInt32(5),
        Due = row.GetInt64(6),
        Ready = row.GetInt32(7) != 0,
        Superseded = row.GetInt32(8) != 0,
        Overlay = row.GetFieldValue<byte[]>(9),
    };

    private static HistoryBatch ReadBatch(SqliteDataReader row)
    {
        var id = row.GetInt64(0);
        return new HistoryBatch(
            id >> SqliteSchema.EventBits,
            id & ((1L << SqliteSchema.EventBits) - 1),
            row.GetInt32(1),
            row.GetFieldValue<byte[]>(2));
    }
}
