using Ecosystem.Temporal.Executions;
using Ecosystem.Temporal.Matching;
using Ecosystem.Temporal.Namespaces;
using Ecosystem.Temporal.Storage;
using Ecosystem.Temporal.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>A deleted run stays deleted, whoever asks for it while the disk is still at work.</summary>
public sealed class DeletionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Remove_RunAskedForBeforeItIsDurable_IsThereOnlyIfTheDiskRefuses(bool diskWorks)
    {
        await using var store = new HeldDeletions();
        var namespaces = new NamespaceRegistry(store);
        var ns = new NamespaceRecord("default", Guid.NewGuid().ToString());
        await namespaces.SaveAsync(ns);
        await using var engine = new Engine(store, TimeProvider.System, namespaces, new TaskQueues());
        var started = await engine.StartAsync(ns, new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "w",
            WorkflowType = new() { Name = "T" },
            TaskQueue = new() { Name = "q" },
            RequestId = "r",
        });
        bool Known() => engine.WithChain(ns, "w", chain => engine.FindRun(chain, started.RunId) is not null);

        var removal = engine.RemoveAsync(ns, "w", started.RunId);
        Assert.False(removal.IsCompleted);
        Assert.False(Known());
        store.Release(diskWorks);
        if (diskWorks)
        {
            await removal;
        }
        else
        {
            await Assert.ThrowsAsync<StoreException>(() => removal);
        }

        Assert.Equal(!diskWorks, Known());
    }

    /// <summary>A store that makes deletions wait, as a slow disk does.</summary>
    private sealed class HeldDeletions : IStore
    {
        private readonly MemoryStore _inner = new();
        private readonly TaskCompletionSource<bool> _released = new();

        public long WaitingWrites => _inner.WaitingWrites;

        public long WaitingBytes => _inner.WaitingBytes;

        public StoreException? LastFailure => _inner.LastFailure;

        public IVisibilityStore Visibility => _inner.Visibility;

        public void Release(bool works) => _released.SetResult(works);

        public async Task CommitAsync(StoreWrite write)
        {
            if (write.HasDeleted && !await _released.Task)
            {
                write.RunFailed();
                throw new StoreException("The disk does not work.");
            }

            await _inner.CommitAsync(write);
        }

        public ExecutionRow? Find(long key) => _inner.Find(key);

        public IReadOnlyList<ExecutionRow> FindRuns(string ns, string workflowId) => _inner.FindRuns(ns, workflowId);

        public IReadOnlyList<HistoryBatch> ReadHistory(long run, long fromEventId, int limit) => _inner.ReadHistory(run, fromEventId, limit);

        public IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit) => _inner.ReadHistoryReverse(run, fromEventId, limit);

        public IEnumerable<ExecutionRow> OpenExecutions() => _inner.OpenExecutions();

        public IReadOnlyList<Transfer> Transfers() => _inner.Transfers();

        public IReadOnlyList<StoreDocument> Documents(string kind) => _inner.Documents(kind);

        public long LastKey() => _inner.LastKey();

        public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit) => _inner.ClosedBefore(ns, time, limit);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
