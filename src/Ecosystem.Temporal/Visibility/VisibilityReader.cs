using Ecosystem.Temporal.Visibility.Filters;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Visibility;

/// <summary>Lists and counts runs over one SQLite connection. Not thread-safe.</summary>
internal sealed class VisibilityReader(SqliteConnection connection)
{
    /// <summary>The columns of a record, in the order in which they are read.</summary>
    public const string Fields =
        "key, namespace, workflow_id, run_id, workflow_type, task_queue, execution_status, start_time, execution_time, close_time, history_length, "
        + "history_size_bytes, state_transition_count, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, attributes";

    /// <summary>The row of a run, or null.</summary>
    public VisibilityRecord? Find(long key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Fields} FROM visibility WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    /// <summary>A page of runs, those that closed last first and open ones before them.</summary>
    public IReadOnlyList<VisibilityRecord> List(string ns, VisibilityQuery query, int pageSize, VisibilityPageToken? after)
    {
        using var command = Query(
            $"SELECT {Fields} FROM visibility WHERE namespace = $namespace AND ({query.Condition})"
            + (after is null ? "" : " AND (listed < $listed OR (listed = $listed AND (start_time < $start OR (start_time = $start AND run_id > $run))))")
            + " ORDER BY listed DESC, start_time DESC, run_id LIMIT $limit",
            ns,
            query);
        command.Parameters.AddWithValue("$limit", pageSize);
        if (after is not null)
        {
            command.Parameters.AddWithValue("$listed", after.Listed);
            command.Parameters.AddWithValue("$start", after.StartTime);
            command.Parameters.AddWithValue("$run", after.RunId);
        }

        var rows = new List<VisibilityRecord>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(Read(reader));
        }

        return rows;
    }

    /// <summary>Keys of runs that closed before a time, the longest closed first.</summary>
    public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM visibility WHERE namespace = $namespace AND close_time < $time ORDER BY close_time LIMIT $limit";
        command.Parameters.AddWithValue("$namespace", ns);
        command.Parameters.AddWithValue("$time", VisibilityTable.Nanoseconds(time));
        command.Parameters.AddWithValue("$limit", limit);
        var keys = new List<long>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }

    /// <summary>How many runs the filter selects.</summary>
    public long Count(string ns, VisibilityQuery query)
    {
        using var command = Query($"SELECT count(*) FROM visibility WHERE namespace = $namespace AND ({query.Condition})", ns, query);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>How many runs the filter selects, by status.</summary>
    public IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, VisibilityQuery query)
    {
        using var command = Query(
            $"SELECT execution_status, count(*) FROM visibility WHERE namespace = $namespace AND ({query.Condition}) GROUP BY execution_status", ns, query);
        var groups = new List<(WorkflowExecutionStatus, long)>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            groups.Add(((WorkflowExecutionStatus)reader.GetInt32(0), reader.GetInt64(1)));
        }

        return groups;
    }

    private static DateTimeOffset Instant(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    private static VisibilityRecord Read(SqliteDataReader row) => new()
    {
        Key = row.GetInt64(0),
        Namespace = row.GetString(1),
        WorkflowId = row.GetString(2),
        RunId = row.GetString(3),
        WorkflowType = row.GetString(4),
        TaskQueue = row.GetString(5),
        Status = (WorkflowExecutionStatus)row.GetInt32(6),
        StartTime = Instant(row.GetInt64(7)),
        ExecutionTime = Instant(row.GetInt64(8)),
        CloseTime = row.IsDBNull(9) ? null : Instant(row.GetInt64(9)),
        HistoryLength = row.IsDBNull(10) ? 0 : row.GetInt64(10),
        HistorySizeBytes = row.IsDBNull(11) ? 0 : row.GetInt64(11),
        StateTransitionCount = row.IsDBNull(12) ? 0 : row.GetInt64(12),
        ParentWorkflowId = row.IsDBNull(13) ? "" : row.GetString(13),
        ParentRunId = row.IsDBNull(14) ? "" : row.GetString(14),
        RootWorkflowId = row.GetString(15),
        RootRunId = row.GetString(16),
        Memo = row.IsDBNull(17) ? null : Memo.Parser.ParseFrom((byte[])row[17]),
        SearchAttributes = row.IsDBNull(18) ? null : SearchAttributes.Parser.ParseFrom((byte[])row[18]),
    };

    private SqliteCommand Query(string sql, string ns, VisibilityQuery query)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and of names from the catalog; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$namespace", ns);
        for (var i = 0; i < query.Parameters.Count; i++)
        {
            command.Parameters.AddWithValue("$f" + i.ToString(CultureInfo.InvariantCulture), query.Parameters[i]);
        }

        return command;
    }
}
