namespace Ecosystem.Temporal.Storage;

/// <summary>
/// Keeps runs, their histories and the service's small records. Writes are applied in the order in which they are given;
/// a read sees every write whose task has completed. Thread-safe.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Writes that were given and are not durable yet.</summary>
    long WaitingWrites { get; }

    /// <summary>Bytes of history in those writes.</summary>
    long WaitingBytes { get; }

    /// <summary>Why the last write failed; null if it did not.</summary>
    StoreException? LastFailure { get; }

    /// <summary>Answers questions about many runs.</summary>
    IVisibilityStore Visibility { get; }

    /// <summary>Makes the changes durable; the task completes when they are, and after <see cref="StoreWrite.Committed"/> ran.</summary>
    Task CommitAsync(StoreWrite write);

    ExecutionRow? Find(long key);

    /// <summary>All runs of a workflow id, oldest first.</summary>
    IReadOnlyList<ExecutionRow> FindRuns(string ns, string workflowId);

    /// <summary>Batches of a run whose first event is at or after the given one, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<HistoryBatch> ReadHistory(long run, long fromEventId, int limit);

    /// <summary>Batches of a run whose first event is at or before the given one, the latest first.</summary>
    IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit);

    /// <summary>Every run that is open, for taking it up after a restart.</summary>
    IEnumerable<ExecutionRow> OpenExecutions();

    IReadOnlyList<Transfer> Transfers();

    IReadOnlyList<StoreDocument> Documents(string kind);

    /// <summary>The highest key in use, be it of a run or of another row in lists.</summary>
    long LastKey();

    /// <summary>Closed runs that ended before a time, for retention; at most <paramref name="limit"/>.</summary>
    IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit);
}
