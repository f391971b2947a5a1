using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Visibility;

/// <summary>
/// Writes the visibility tables of one SQLite connection. Not thread-safe: the owner of the connection serialises calls,
/// and writes take part in whatever transaction is open on it.
/// </summary>
internal sealed class VisibilityTable : IDisposable
{
    private static readonly string[] RowColumns =
    [
        "key", "namespace", "workflow_id", "run_id", "workflow_type", "task_queue", "start_time", "execution_time",
        "parent_workflow_id", "parent_run_id", "root_workflow_id", "root_run_id",
        "execution_status", "close_time", "history_length", "history_size_bytes", "state_transition_count", "execution_duration",
        "memo", "attributes",
    ];

    /// <summary>Columns that change when a run closes; leaving them alone until then leaves most indexes alone.</summary>
    private static readonly string[] ClosingColumns =
        ["execution_status", "execution_time", "close_time", "history_length", "history_size_bytes", "state_transition_count", "execution_duration"];

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _insertKeyword;
    private readonly SqliteStatement _deleteKeywords;
    private readonly SqliteStatement _insertText;
    private readonly SqliteStatement _deleteText;
    private readonly SortedSet<string> _usedFields;
    private SqliteStatement _writeOpen = null!;
    private SqliteStatement _writeClosed = null!;
    private bool _hasTexts;

    public VisibilityTable(SqliteConnection connection)
    {
        _connection = connection;
        SqliteSchema.Execute(connection, VisibilitySchema.Create);
        SqliteSchema.Execute(connection, VisibilitySchema.Statistics);
        _usedFields = new SortedSet<string>(VisibilitySchema.AttributeFields.Where(IsUsed), StringComparer.Ordinal);
        _hasTexts = Exists("visibility_text");
        Prepare();
        _delete = new SqliteStatement(connection, "DELETE FROM visibility WHERE key = ?");
        _insertKeyword = new SqliteStatement(connection, "INSERT OR IGNORE INTO visibility_keyword VALUES (?, ?, ?)");
        _deleteKeywords = new SqliteStatement(connection, "DELETE FROM visibility_keyword WHERE execution = ?");
        _insertText = new SqliteStatement(connection, "INSERT INTO visibility_text (rowid, Text01, Text02, Text03) VALUES (?, ?, ?, ?)");
        _deleteText = new SqliteStatement(connection, "DELETE FROM visibility_text WHERE rowid = ?");
    }

    /// <summary>Writes a run's row, replacing the one it had.</summary>
    public void Write(VisibilityRecord record)
    {
        var values = Values(record);
        foreach (var field in values.Keys)
        {
            if (_usedFields.Add(field))
            {
                _writeOpen.Dispose();
                _writeClosed.Dispose();
                Prepare();
            }
        }

        var row = record.CloseTime is null ? _writeOpen : _writeClosed;
        BindRow(row, record);
        foreach (var field in _usedFields)
        {
            Bind(row, values.GetValueOrDefault(field));
        }

        row.Run();
        if (!record.SameAttributes)
        {
            WriteWords(record, values);
        }
    }

    /// <summary>Removes a run's row.</summary>
    public void Delete(long key)
    {
        _deleteKeywords.Bind(key).Run();
        _deleteText.Bind(key).Run();
        _delete.Bind(key).Run();
    }

    /// <summary>The token from which the next page goes on.</summary>
    public static VisibilityPageToken TokenAfter(VisibilityRecord last) =>
        new(last.CloseTime is { } closed ? Nanoseconds(closed) : long.MaxValue, Nanoseconds(last.StartTime), last.RunId);

    public void Dispose()
    {
        _writeOpen.Dispose();
        _writeClosed.Dispose();
        _delete.Dispose();
        _insertKeyword.Dispose();
        _deleteKeywords.Dispose();
        _insertText.Dispose();
        _deleteText.Dispose();
    }

    /// <summary>An instant as the tables keep it: nanoseconds since 1970.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private static Dictionary<string, object> Values(VisibilityRecord record)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, payload) in record.SearchAttributes?.IndexedFields ?? [])
        {
            if (record.Map.TryWritable(name, out var column) && SearchAttributePayloads.TryRead(payload, column.Type, out var value) && value is not null)
            {
                values[column.Field] = value;
            }
        }

        return values;
    }

    private static void BindRow(SqliteStatement row, VisibilityRecord record)
    {
        row.Bind(record.Key)
            .Bind(record.Namespace)
            .Bind(record.WorkflowId)
            .Bind(record.RunId)
            .Bind(record.WorkflowType)
            .Bind(record.TaskQueue)
            .Bind(Nanoseconds(record.StartTime))
            .Bind(Nanoseconds(record.ExecutionTime));
        Bind(row, record.ParentWorkflowId.Length == 0 ? null : record.ParentWorkflowId);
        Bind(row, record.ParentRunId.Length == 0 ? null : record.ParentRunId);
        row.Bind(record.RootWorkflowId).Bind(record.RootRunId).Bind((int)record.Status);
        if (record.CloseTime is { } closeTime)
        {
            row.Bind(Nanoseconds(closeTime))
                .Bind(record.HistoryLength)
                .Bind(record.HistorySizeBytes)
                .Bind(record.StateTransitionCount)
                .Bind(Nanoseconds(closeTime) - Nanoseconds(record.ExecutionTime));
        }
        else
        {
            row.BindNull().BindNull().BindNull().BindNull().BindNull();
        }

        Bind(row, record.Memo?.ToByteArray());
        Bind(row, record.SearchAttributes?.ToByteArray());
    }

    private static void Bind(SqliteStatement row, object? value)
    {
        _ = value switch
        {
            null => row.BindNull(),
            string text => row.Bind(text),
            long number => row.Bind(number),
            double number => row.Bind(number),
            byte[] bytes => row.Bind(bytes),
            List<string> list => row.Bind(string.Join('\n', list)),
            _ => throw new ArgumentException($"A column cannot hold a {value.GetType().Name}.", nameof(value)),
        };
    }

    private void WriteWords(VisibilityRecord record, Dictionary<string, object> values)
    {
        var key = record.Key;
        if (!record.IsNew)
        {
            _deleteKeywords.Bind(key).Run();
        }

        foreach (var (field, value) in values)
        {
            foreach (var member in value as List<string> ?? [])
            {
                _insertKeyword.Bind(field).Bind(member).Bind(key).Run();
            }
        }

        if (_hasTexts && !record.IsNew)
        {
            _deleteText.Bind(key).Run();
        }

        if (values.Keys.Any(field => field.StartsWith("Text", StringComparison.Ordinal)))
        {
            _hasTexts = true;
            _insertText.Bind(key);
            for (var i = 1; i <= SearchAttributeCatalog.CustomLimits[IndexedValueType.Text]; i++)
            {
                Bind(_insertText, values.GetValueOrDefault(SearchAttributeCatalog.FieldName(IndexedValueType.Text, i)));
            }

            _insertText.Run();
        }
    }

    /// <summary>Makes the statements for the attribute columns that any run has used: a namespace uses few of those there are.</summary>
    private void Prepare()
    {
        var attributes = _usedFields.Select(VisibilitySchema.ColumnOf).ToList();
        string[] columns = [.. RowColumns, .. attributes];
        string[] open = ["memo", "attributes", .. attributes];
        _writeOpen = new SqliteStatement(_connection, Upsert(columns, open));
        _writeClosed = new SqliteStatement(_connection, Upsert(columns, [.. ClosingColumns, .. open]));
    }

    private static string Upsert(string[] columns, string[] changed) => $"""
        INSERT INTO visibility ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})
        ON CONFLICT (key) DO UPDATE SET {string.Join(", ", changed.Select(column => $"{column} = excluded.{column}"))}
        """;

    /// <summary>Whether a run in the file may have the field. Those with an index are looked up, the others taken for used.</summary>
    private bool IsUsed(string field) => !VisibilitySchema.IsIndexed(field)
        || Exists($"visibility INDEXED BY visibility_by_{VisibilitySchema.ColumnOf(field)} WHERE {VisibilitySchema.ColumnOf(field)} IS NOT NULL");

    private bool Exists(string from)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and of names from the catalog.
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM {from})";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()! != 0;
    }
}
