using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Visibility;

/// <summary>
/// Writes the visibility tables of one SQLite connection. Not thread-safe: the owner of the connection serialises calls,
/// and writes take part in whatever transaction is open on it.
/// </summary>
internal sealed class VisibilityTable : IDisposable
{
    private static readonly string[] RowParameters =
    [
        "$key", "$namespace", "$workflow_id", "$run_id", "$workflow_type", "$task_queue", "$execution_status", "$start_time", "$execution_time", "$close_time",
        "$history_length", "$history_size_bytes", "$state_transition_count", "$parent_workflow_id", "$parent_run_id", "$root_workflow_id", "$root_run_id",
        "$memo", "$attributes", "$execution_duration",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _insertKeyword;
    private readonly SqliteCommand _deleteKeywords;
    private readonly SqliteCommand _insertText;
    private readonly SqliteCommand _deleteText;

    public VisibilityTable(SqliteConnection connection)
    {
        _connection = connection;
        Execute(VisibilitySchema.Create);

        var attributes = VisibilitySchema.AttributeFields.Select(VisibilitySchema.ColumnOf).ToList();
        _insert = Command($"""
            INSERT OR REPLACE INTO visibility ({VisibilityReader.Fields}, execution_duration, {string.Join(", ", attributes)})
            VALUES ({string.Join(", ", RowParameters)}, {string.Join(", ", attributes.Select(column => "$" + column))})
            """, [.. RowParameters, .. attributes.Select(column => "$" + column)]);
        _delete = Command("DELETE FROM visibility WHERE key = $key", "$key");
        _insertKeyword = Command("INSERT OR IGNORE INTO visibility_keyword VALUES ($field, $value, $key)", "$field", "$value", "$key");
        _deleteKeywords = Command("DELETE FROM visibility_keyword WHERE execution = $key", "$key");
        _insertText = Command("INSERT INTO visibility_text (rowid, Text01, Text02, Text03) VALUES ($key, $Text01, $Text02, $Text03)", "$key", "$Text01", "$Text02", "$Text03");
        _deleteText = Command("DELETE FROM visibility_text WHERE rowid = $key", "$key");
    }

    /// <summary>Writes a run's row, replacing the one it had.</summary>
    public void Write(VisibilityRecord record)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, payload) in record.SearchAttributes?.IndexedFields ?? [])
        {
            if (record.Map.TryWritable(name, out var column) && SearchAttributePayloads.TryRead(payload, column.Type, out var value) && value is not null)
            {
                values[column.Field] = value;
            }
        }

        BindRow(record);
        foreach (var field in VisibilitySchema.AttributeFields)
        {
            _insert.Parameters["$" + VisibilitySchema.ColumnOf(field)].Value = values.TryGetValue(field, out var value)
                ? value as string ?? (value is List<string> list ? string.Join('\n', list) : value)
                : DBNull.Value;
        }

        Run(_deleteKeywords, record.Key);
        Run(_deleteText, record.Key);
        _insert.ExecuteNonQuery();
        WriteWords(record.Key, values);
    }

    /// <summary>Removes a run's row.</summary>
    public void Delete(long key)
    {
        Run(_deleteKeywords, key);
        Run(_deleteText, key);
        Run(_delete, key);
    }

    /// <summary>The token from which the next page goes on.</summary>
    public static VisibilityPageToken TokenAfter(VisibilityRecord last) =>
        new(last.CloseTime is { } closed ? Nanoseconds(closed) : long.MaxValue, Nanoseconds(last.StartTime), last.RunId);

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _insertKeyword.Dispose();
        _deleteKeywords.Dispose();
        _insertText.Dispose();
        _deleteText.Dispose();
    }

    /// <summary>An instant as the tables keep it: nanoseconds since 1970.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private static object OrNull(string text) => text.Length == 0 ? DBNull.Value : text;

    private void BindRow(VisibilityRecord record)
    {
        var closed = record.CloseTime is not null;
        var row = _insert.Parameters;
        row["$key"].Value = record.Key;
        row["$namespace"].Value = record.Namespace;
        row["$workflow_id"].Value = record.WorkflowId;
        row["$run_id"].Value = record.RunId;
        row["$workflow_type"].Value = record.WorkflowType;
        row["$task_queue"].Value = record.TaskQueue;
        row["$execution_status"].Value = (int)record.Status;
        row["$start_time"].Value = Nanoseconds(record.StartTime);
        row["$execution_time"].Value = Nanoseconds(record.ExecutionTime);
        row["$close_time"].Value = record.CloseTime is { } closeTime ? Nanoseconds(closeTime) : DBNull.Value;
        row["$history_length"].Value = closed ? record.HistoryLength : DBNull.Value;
        row["$history_size_bytes"].Value = closed ? record.HistorySizeBytes : DBNull.Value;
        row["$state_transition_count"].Value = closed ? record.StateTransitionCount : DBNull.Value;
        row["$execution_duration"].Value = record.CloseTime is { } end ? Nanoseconds(end) - Nanoseconds(record.ExecutionTime) : DBNull.Value;
        row["$parent_workflow_id"].Value = OrNull(record.ParentWorkflowId);
        row["$parent_run_id"].Value = OrNull(record.ParentRunId);
        row["$root_workflow_id"].Value = record.RootWorkflowId;
        row["$root_run_id"].Value = record.RootRunId;
        row["$memo"].Value = record.Memo?.ToByteArray() ?? (object)DBNull.Value;
        row["$attributes"].Value = record.SearchAttributes?.ToByteArray() ?? (object)DBNull.Value;
    }

    private void WriteWords(long key, Dictionary<string, object> values)
    {
        foreach (var (field, value) in values)
        {
            foreach (var member in value as List<string> ?? [])
            {
                _insertKeyword.Parameters["$field"].Value = field;
                _insertKeyword.Parameters["$value"].Value = member;
                Run(_insertKeyword, key);
            }
        }

        if (values.Keys.Any(field => field.StartsWith("Text", StringComparison.Ordinal)))
        {
            for (var i = 1; i <= SearchAttributeCatalog.CustomLimits[IndexedValueType.Text]; i++)
            {
                var field = SearchAttributeCatalog.FieldName(IndexedValueType.Text, i);
                _insertText.Parameters["$" + field].Value = values.GetValueOrDefault(field, DBNull.Value);
            }

            Run(_insertText, key);
        }
    }

    private SqliteCommand Command(string sql, params IEnumerable<string> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and of names from the catalog; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    private static void Run(SqliteCommand command, long key)
    {
        command.Parameters["$key"].Value = key;
        command.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
