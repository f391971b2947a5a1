using Ecosystem.Temporal.Visibility;
using Ecosystem.Temporal.Visibility.Filters;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ecosystem.Temporal.Tests.Visibility;

public sealed class VisibilityTableTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    private static readonly SearchAttributeMap Map = SearchAttributeMap.Empty.Add(new Dictionary<string, IndexedValueType>
    {
        ["Color"] = IndexedValueType.Keyword,
        ["Size"] = IndexedValueType.Int,
        ["Weight"] = IndexedValueType.Double,
        ["Open"] = IndexedValueType.Bool,
        ["Seen"] = IndexedValueType.Datetime,
        ["Tags"] = IndexedValueType.KeywordList,
        ["Note"] = IndexedValueType.Text,
    });

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly VisibilityTable _table;
    private readonly VisibilityReader _reader;

    public VisibilityTableTests()
    {
        _connection.Open();
        _table = new VisibilityTable(_connection);
        _reader = new VisibilityReader(_connection);
        _table.Write(Record(1, "a", 0, null, ("Color", "\"red\""), ("Size", "1"), ("Tags", "[\"x\",\"y\"]"), ("Note", "\"The quick brown fox\"")));
        _table.Write(Record(2, "b", 1, 61, ("Color", "\"green\""), ("Size", "-7"), ("Weight", "1.5"), ("Open", "true")));
        _table.Write(Record(3, "c", 2, 3, ("Size", "9007199254740993"), ("Open", "false"), ("Seen", "\"2021-02-03T05:05:06.125+01:00\""), ("Tags", "[\"z w\"]")));
        _table.Write(Record(4, "d", 3, null));
    }

    public void Dispose()
    {
        _table.Dispose();
        _connection.Dispose();
    }

    /// <summary>Whatever else a filter says, the page is read by the index that leaves the fewest rows, and in its order.</summary>
    [Theory]
    [InlineData("", "visibility_listed")]
    [InlineData("ExecutionStatus = 'Running'", "visibility_by_execution_status")]
    [InlineData("WorkflowId = 'a' AND ExecutionStatus = 'Running'", "visibility_by_workflow_id")]
    [InlineData("ExecutionStatus = 'Running' AND WorkflowType = 'T'", "visibility_by_workflow_type")]
    [InlineData("WorkflowType = 'T' AND Color = 'red' AND ExecutionStatus IN ('Running', 'Failed')", "visibility_by_keyword01")]
    [InlineData("StartTime > '2020-01-01T00:00:00Z' AND Size = 1", "visibility_by_int01")]
    public void List_SeveralIndexesWouldDo_TakesTheNarrowest(string filter, string index)
    {
        var query = FilterBinder.Bind(filter, Map);
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants and of names from the catalog.
        command.CommandText = $"EXPLAIN QUERY PLAN SELECT key FROM visibility WHERE namespace = 'default' AND ({query.Condition}) ORDER BY listed DESC, start_time DESC, run_id LIMIT 100";
#pragma warning restore CA2100
        for (var i = 0; i < query.Parameters.Count; i++)
        {
            command.Parameters.AddWithValue($"$f{i}", query.Parameters[i]);
        }

        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Contains($"USING INDEX {index} ", reader.GetString(3), StringComparison.Ordinal);
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("", "d a b c")]
    [InlineData("WorkflowId = 'a'", "a")]
    [InlineData("`WorkflowId` = \"a\" -- note", "a")]
    [InlineData("WorkflowId STARTS_WITH 'a' OR WorkflowId IN ('b', 'c')", "a b c")]
    [InlineData("WorkflowId NOT STARTS_WITH 'a'", "d b c")]
    [InlineData("Color = 'red' or not Color = 'x' and Size < 0", "a b")]
    [InlineData("Color != 'red'", "b")]
    [InlineData("Color IS NULL", "d c")]
    [InlineData("Tags = 'x'", "a")]
    [InlineData("Tags != 'x'", "d b c")]
    [InlineData("Tags NOT IN ('x', 'z w')", "d b")]
    [InlineData("NOT Tags = 'y'", "d b c")]
    [InlineData("Tags IS NOT NULL", "a c")]
    [InlineData("Note = 'fox AND NOT bear'", "a")]
    [InlineData("Note = 'qui*'", "")]
    [InlineData("Size = 9007199254740993", "c")]
    [InlineData("Size = 9007199254740992", "")]
    [InlineData("Size BETWEEN -7 AND 1", "a b")]
    [InlineData("Size NOT BETWEEN -7 AND 1", "c")]
    [InlineData("Size = 1.0", "a")]
    [InlineData("Weight > -1e3", "b")]
    [InlineData("Open = TRUE", "b")]
    [InlineData("Open != true", "c")]
    [InlineData("Seen = '2021-02-03T04:05:06.125+00:00'", "c")]
    [InlineData("Seen = 1612325106125000000", "c")]
    [InlineData("ExecutionStatus = 'Running'", "d a")]
    [InlineData("ExecutionStatus >= 2", "b c")]
    [InlineData("ExecutionDuration > '1m'", "b")]
    [InlineData("ExecutionDuration < '00:00:30'", "c")]
    [InlineData("HistoryLength IS NULL", "d a")]
    [InlineData("StartTime >= '2026-11-24T08:00:02Z'", "d c")]
    [InlineData("TaskQueue = 'tq' GROUP BY ExecutionStatus", "d a b c")]
    public void List_Filtered_SelectsAndOrders(string filter, string expected)
    {
        var rows = _reader.List("default", FilterBinder.Bind(filter, Map), 100, null);

        Assert.Equal(expected, string.Join(' ', rows.Select(row => row.WorkflowId)));
        Assert.Equal(rows.Count, _reader.Count("default", FilterBinder.Bind(filter, Map)));
    }

    [Fact]
    public void List_InPages_ShowsEachRowOnce()
    {
        var query = FilterBinder.Bind("", Map);
        var seen = new List<string>();
        VisibilityPageToken? token = null;
        while (_reader.List("default", query, 1, token) is [var row])
        {
            seen.Add(row.WorkflowId);
            token = VisibilityPageToken.Decode(VisibilityTable.TokenAfter(row).Encode());
        }

        Assert.Equal(["d", "a", "b", "c"], seen);
    }

    [Fact]
    public void Write_Again_ReplacesRowAndWords()
    {
        _table.Write(Record(1, "a", 0, 9, ("Tags", "[\"q\"]"), ("Note", "\"slow\"")));

        Assert.Equal(0, _reader.Count("default", FilterBinder.Bind("Tags = 'x' OR Note = 'fox' OR Color = 'red'", Map)));
        Assert.Equal(1, _reader.Count("default", FilterBinder.Bind("Tags = 'q' AND Note = 'slow'", Map)));
    }

    [Fact]
    public void Delete_Row_LeavesNoWords()
    {
        _table.Delete(1);

        Assert.Equal(0, _reader.Count("default", FilterBinder.Bind("WorkflowId = 'a' OR Tags = 'x' OR Note = 'fox'", Map)));
    }

    [Fact]
    public void CountByStatus_GroupsRows() =>
        Assert.Equal(
            [(WorkflowExecutionStatus.Running, 2), (WorkflowExecutionStatus.Completed, 2)],
            _reader.CountByStatus("default", FilterBinder.Bind("GROUP BY ExecutionStatus", Map)));

    [Theory]
    [InlineData("Unknown = 1", "invalid query: invalid search attribute: Unknown")]
    [InlineData("WorkflowId = a", "invalid query: operation is not supported: column name on the right side of comparison expression (did you forget to quote \"a\"?)")]
    [InlineData("ExecutionStatus = 'Sleeping'", "invalid query: invalid expression: invalid ExecutionStatus value 'Sleeping'")]
    [InlineData("Tags > 'a'", "invalid query: operation is not supported: operator '>' not supported for KeywordList type search attribute 'Tags'")]
    [InlineData("WorkflowId = null", "invalid query: invalid expression: unexpected value type *sqlparser.NullVal")]
    [InlineData("Note = ' '", "invalid query: invalid expression: no tokens found filtering on Text type search attribute Note")]
    public void Bind_Refused_SaysWhy(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<VisibilityQueryException>(() => FilterBinder.Bind(filter, Map)).Message);

    [Fact]
    public void Bind_NestedWithoutEnd_IsRefused() =>
        Assert.Throws<VisibilityQueryException>(() => FilterBinder.Bind(new string('(', 100_000), Map));

    private static VisibilityRecord Record(long key, string id, int startedAfter, int? ranFor, params (string Name, string Json)[] attributes)
    {
        var fields = new SearchAttributes();
        foreach (var (name, json) in attributes)
        {
            fields.IndexedFields[name] = new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8(json) };
        }

        var start = Start.AddSeconds(startedAfter);
        return new VisibilityRecord
        {
            Key = key,
            Map = Map,
            Namespace = "default",
            WorkflowId = id,
            RunId = "run-" + id,
            WorkflowType = "T",
            TaskQueue = "tq",
            Status = ranFor is null ? WorkflowExecutionStatus.Running : WorkflowExecutionStatus.Completed,
            StartTime = start,
            ExecutionTime = start,
            CloseTime = ranFor is { } seconds ? start.AddSeconds(seconds) : null,
            HistoryLength = 3,
            RootWorkflowId = id,
            RootRunId = "run-" + id,
            SearchAttributes = fields.IndexedFields.Count == 0 ? null : fields,
        };
    }
}
