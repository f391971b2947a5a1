using Ecosystem.Temporal.Storage;
using Ecosystem.Temporal.Visibility;
using Ecosystem.Temporal.Visibility.Filters;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ecosystem.Temporal.Tests.Storage;

/// <summary>What every store has to do.</summary>
public abstract class StoreContractTests
{
    internal abstract IStore Open();

    [Fact]
    public async Task Commit_RunWithHistory_IsReadBack()
    {
        await using var store = Open();
        await store.CommitAsync(Write(1, "a", History(1, 1, 2), History(1, 3, 1)));
        Assert.Equal(1, store.LastKey());
        Assert.Equal("a", store.Find(1)!.WorkflowId);
        Assert.Equal([1L, 3], store.ReadHistory(1, 1, 10).Select(batch => batch.FirstEventId));
        Assert.Equal([3L], store.ReadHistory(1, 2, 10).Select(batch => batch.FirstEventId));
        Assert.Equal([3L, 1], store.ReadHistoryReverse(1, 3, 10).Select(batch => batch.FirstEventId));
        Assert.Equal([1L], store.ReadHistoryReverse(1, 2, 10).Select(batch => batch.FirstEventId));
        Assert.Equal(History(1, 3, 1).Data, store.ReadHistory(1, 3, 1).Single().Data);
    }

    [Fact]
    public async Task FindRuns_SeveralRuns_AreOldestFirstAndOfTheirNamespace()
    {
        await using var store = Open();
        await store.CommitAsync(Write(1, "a"));
        await store.CommitAsync(Write(2, "b"));
        await store.CommitAsync(Write(3, "a"));
        Assert.Equal([1L, 3], store.FindRuns("default", "a").Select(row => row.Key));
        Assert.Empty(store.FindRuns("other", "a"));
    }

    [Fact]
    public async Task Commit_ChangedRow_ReplacesIt()
    {
        await using var store = Open();
        await store.CommitAsync(Write(1, "a"));
        var write = new StoreWrite();
        write.Executions.Add(Row(1, "a") with { Status = (int)WorkflowExecutionStatus.Completed, Overlay = [9], Due = 7, Ready = true, Superseded = true });
        await store.CommitAsync(write);
        var row = store.Find(1)!;
        Assert.Equal((WorkflowExecutionStatus.Completed, 7L, true, true), ((WorkflowExecutionStatus)row.Status, row.Due, row.Ready, row.Superseded));
        Assert.Equal([9], row.Overlay);
        Assert.Empty(store.OpenExecutions());
    }

    [Fact]
    public async Task Commit_TransfersAndDocuments_AreKeptUntilTaken()
    {
        await using var store = Open();
        var write = Write(1, "a");
        write.Owed.Add(new Transfer(1, TransferKind.NotifyParent));
        write.Documents.Add(new StoreDocument("k", "x", [1]));
        write.Documents.Add(new StoreDocument("k", "y", [2]));
        await store.CommitAsync(write);
        Assert.Equal([new Transfer(1, TransferKind.NotifyParent)], store.Transfers());
        Assert.Equal(["x", "y"], store.Documents("k").Select(document => document.Key).Order());
        write = new StoreWrite();
        write.Paid.Add(new Transfer(1, TransferKind.NotifyParent));
        write.Documents.Add(new StoreDocument("k", "x", null));
        write.Documents.Add(new StoreDocument("k", "y", [3]));
        await store.CommitAsync(write);
        Assert.Empty(store.Transfers());
        Assert.Equal([3], store.Documents("k").Single().Data!);
    }

    [Fact]
    public async Task Commit_Deletion_LeavesNothing()
    {
        await using var store = Open();
        var write = Write(1, "a", History(1, 1, 2));
        write.Owed.Add(new Transfer(1, TransferKind.Delete));
        await store.CommitAsync(write);
        await store.CommitAsync(Write(2, "a", History(2, 1, 2)));
        write = new StoreWrite();
        write.Deleted.Add(1);
        await store.CommitAsync(write);
        Assert.Null(store.Find(1));
        Assert.Empty(store.ReadHistory(1, 1, 10));
        Assert.Empty(store.Transfers());
        Assert.Single(store.ReadHistory(2, 1, 10));
        Assert.Equal([2L], store.FindRuns("default", "a").Select(row => row.Key));
    }

    [Fact]
    public async Task LastKey_HighestRowIsOnlyInLists_CountsIt()
    {
        await using var store = Open();
        Assert.Equal(0, store.LastKey());
        await store.CommitAsync(Write(3, "a", History(3, 1, 1)));
        Assert.Equal(3, store.LastKey());
        await store.CommitAsync(Listed(7));
        Assert.Equal(7, store.LastKey());
    }

    [Fact]
    public async Task Commit_RowsTwiceInOneTransaction_KeepsTheLast()
    {
        await using var store = Open();
        var lazy = new StoreWrite { IsLazy = true };
        lazy.Executions.Add(Row(1, "a"));
        lazy.History.Add(History(1, 1, 2));
        var first = store.CommitAsync(lazy);
        var write = new StoreWrite();
        write.Executions.Add(Row(1, "a") with { Due = 5, Ready = true });
        write.History.Add(History(1, 3, 1));
        await store.CommitAsync(write);
        Assert.True(first.IsCompletedSuccessfully);
        Assert.Equal((5L, true), (store.Find(1)!.Due, store.Find(1)!.Ready));
        Assert.Equal([1L, 3L], store.ReadHistory(1, 1, 10).Select(batch => batch.FirstEventId));
    }

    [Fact]
    public async Task Commit_RowWithTheStatusItHad_KeepsWhatARowIsFoundBy()
    {
        await using var store = Open();
        var running = (int)WorkflowExecutionStatus.Running;
        var first = new StoreWrite { IsLazy = true };
        first.Executions.Add(Row(1, "a"));
        var second = new StoreWrite();
        second.Executions.Add(Row(1, "a") with { StoredStatus = running, Due = 5 });
        await Task.WhenAll(store.CommitAsync(first), store.CommitAsync(second));
        Assert.Equal((5L, "run-1"), (store.Find(1)!.Due, store.FindRuns("default", "a").Single().RunId));
        var third = new StoreWrite();
        third.Executions.Add(Row(1, "a") with { StoredStatus = running, Due = 6, Overlay = [9] });
        await store.CommitAsync(third);
        Assert.Equal((6L, 9), (store.OpenExecutions().Single().Due, store.Find(1)!.Overlay[0]));
        var closed = new StoreWrite();
        closed.Executions.Add(Row(1, "a") with { StoredStatus = running, Status = (int)WorkflowExecutionStatus.Completed });
        await store.CommitAsync(closed);
        Assert.Empty(store.OpenExecutions());
    }

    [Fact]
    public async Task Commit_ListedTwiceInOneTransaction_HasTheAttributesOfTheFirst()
    {
        await using var store = Open();
        var attributes = new SearchAttributes
        {
            IndexedFields =
            {
                ["BuildIds"] = new Payload
                {
                    Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                    Data = ByteString.CopyFromUtf8("[\"unversioned\"]"),
                },
            },
        };
        var first = Listed(7, record => record with { SearchAttributes = attributes, IsNew = true });
        var last = Listed(7, record => record with { SearchAttributes = attributes, SameAttributes = true, WorkflowType = "U" });
        await Task.WhenAll(store.CommitAsync(first), store.CommitAsync(last));
        var query = FilterBinder.Bind("BuildIds = 'unversioned'", SearchAttributeMap.Empty);
        Assert.Equal(7, store.Visibility.List("default", query, 10, null).Single().Key);
        await store.CommitAsync(Listed(7, record => record with { SearchAttributes = attributes, SameAttributes = true, Status = WorkflowExecutionStatus.Completed, CloseTime = DateTimeOffset.UnixEpoch }));
        Assert.Equal(WorkflowExecutionStatus.Completed, store.Visibility.List("default", query, 10, null).Single().Status);
        await store.CommitAsync(Listed(7, record => record));
        Assert.Empty(store.Visibility.List("default", query, 10, null));
    }

    [Fact]
    public async Task Commit_NobodyWaitsForIt_IsStoredByItself()
    {
        await using var store = Open();
        var lazy = new StoreWrite { IsLazy = true };
        lazy.Executions.Add(Row(1, "a"));
        await store.CommitAsync(lazy);
        Assert.NotNull(store.Find(1));
    }

    [Fact]
    public async Task Commit_DeletionOfARowInListsWithoutARun_LeavesNothing()
    {
        await using var store = Open();
        await store.CommitAsync(Listed(7));
        Assert.Equal("schedule", store.Visibility.Find(7)!.WorkflowId);
        var write = new StoreWrite();
        write.Deleted.Add(7);
        await store.CommitAsync(write);
        Assert.Null(store.Visibility.Find(7));
    }

    [Fact]
    public async Task Commit_NotValidAnyMore_FailsAndChangesNothing()
    {
        await using var store = Open();
        var write = Write(1, "a");
        var failed = false;
        write.StillValid = () => false;
        write.Failed.Add(() => failed = true);
        write.Committed.Add(() => Assert.Fail("It was not committed."));
        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(write));
        Assert.True(failed);
        Assert.Null(store.Find(1));
    }

    [Fact]
    public async Task Commit_ManyAtOnce_AreAcknowledgedInOrder()
    {
        await using var store = Open();
        var order = new List<long>();
        var tasks = new List<Task>();
        for (var key = 1L; key <= 500; key++)
        {
            var write = Write(key, $"w{key}", History(key, 1, 1));
            var own = key;
            write.Committed.Add(() => order.Add(own));
            tasks.Add(store.CommitAsync(write));
        }

        await Task.WhenAll(tasks);
        Assert.Equal(Enumerable.Range(1, 500).Select(key => (long)key), order);
        Assert.Equal(500, store.OpenExecutions().Count());
    }

    private static StoreWrite Listed(long key, Func<VisibilityRecord, VisibilityRecord>? change = null)
    {
        var started = DateTimeOffset.UnixEpoch;
        var write = new StoreWrite();
        var record = new VisibilityRecord
        {
            Key = key, Map = SearchAttributeMap.Empty, Namespace = "default", WorkflowId = "schedule", RunId = "", WorkflowType = "T", TaskQueue = "",
            Status = WorkflowExecutionStatus.Running, StartTime = started, ExecutionTime = started, RootWorkflowId = "schedule",
        };
        write.Visibility.Add(change?.Invoke(record) ?? record);
        return write;
    }

    private static StoreWrite Write(long key, string workflowId, params HistoryBatch[] batches)
    {
        var write = new StoreWrite();
        write.Executions.Add(Row(key, workflowId));
        write.History.AddRange(batches);
        return write;
    }

    private static ExecutionRow Row(long key, string workflowId) => new()
    {
        Key = key,
        Namespace = "default",
        WorkflowId = workflowId,
        RunId = $"run-{key}",
        RequestId = "r",
        Status = (int)WorkflowExecutionStatus.Running,
        Overlay = [1, 2, 3],
        Due = long.MaxValue,
        Ready = false,
    };

    private static HistoryBatch History(long run, long first, int count) => new(run, first, count, [(byte)first, (byte)count]);
}

public sealed class MemoryStoreContractTests : StoreContractTests
{
    internal override IStore Open() => new MemoryStore();
}

public sealed class SqliteStoreContractTests : StoreContractTests
{
    internal override IStore Open() => SqliteStore.Open(Path.Combine(Directory.CreateTempSubdirectory("store-").FullName, "t.db"));

    [Fact]
    public async Task Open_FileOfALiveService_IsRefused()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("store-").FullName, "t.db");
        await using var store = SqliteStore.Open(file);
        Assert.Contains("in use", Assert.Throws<IOException>(() => SqliteStore.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotADatabase_IsRefusedByName()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("store-").FullName, "t.db");
        File.WriteAllText(file, new string('x', 5000));
        Assert.Contains(file, Assert.Throws<IOException>(() => SqliteStore.Open(file)).Message, StringComparison.Ordinal);
    }
}
