using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>Lists runs from the SQLite store.</summary>
internal sealed class SqliteVisibility(SqliteReaders readers) : IVisibilityStore
{
    private const string Columns = """
        key, ns, workflow_id, run_id, type, task_queue, status, start_time, execution_time, close_time, history_length, history_size,
        transitions, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, search_attributes
        """;

    public IEnumerable<VisibilityRecord> Scan(string ns, Func<VisibilityRecord, bool> filter) => readers
        .Use(reader => reader.Query($"SELECT {Columns} FROM visibility WHERE ns = $0 ORDER BY start_time DESC, key DESC", Read, ns))
        .Where(filter);

    private static VisibilityRecord Read(SqliteDataReader row) => new()
    {
        Key = row.GetInt64(0),
        Namespace = row.GetString(1),
        WorkflowId = row.GetString(2),
        RunId = row.GetString(3),
        WorkflowType = row.GetString(4),
        TaskQueue = row.GetString(5),
        Status = (WorkflowExecutionStatus)row.GetInt32(6),
        StartTime = new DateTimeOffset(row.GetInt64(7), TimeSpan.Zero),
        ExecutionTime = new DateTimeOffset(row.GetInt64(8), TimeSpan.Zero),
        CloseTime = row.IsDBNull(9) ? null : new DateTimeOffset(row.GetInt64(9), TimeSpan.Zero),
        HistoryLength = row.GetInt64(10),
        HistorySizeBytes = row.GetInt64(11),
        StateTransitionCount = row.GetInt64(12),
        ParentWorkflowId = row.GetString(13),
        ParentRunId = row.GetString(14),
        RootWorkflowId = row.GetString(15),
        RootRunId = row.GetString(16),
        Memo = row.IsDBNull(17) ? null : Memo.Parser.ParseFrom(row.GetFieldValue<byte[]>(17)),
        SearchAttributes = row.IsDBNull(18) ? null : SearchAttributes.Parser.ParseFrom(row.GetFieldValue<byte[]>(18)),
    };
}
