namespace Ecosystem.Temporal.Storage;

/// <summary>Changes that are made durable together or not at all.</summary>
internal sealed class StoreWrite
{
    private List<ExecutionRow>? _executions;
    private List<HistoryBatch>? _history;
    private List<VisibilityRecord>? _visibility;
    private List<Transfer>? _owed;
    private List<Transfer>? _paid;
    private List<long>? _deleted;
    private List<StoreDocument>? _documents;
    private List<Action>? _committed;
    private List<Action>? _failed;

    /// <summary>Rows to insert or replace.</summary>
    public List<ExecutionRow> Executions => _executions ??= [];

    public List<HistoryBatch> History => _history ??= [];

    public List<VisibilityRecord> Visibility => _visibility ??= [];

    public List<Transfer> Owed => _owed ??= [];

    public List<Transfer> Paid => _paid ??= [];

    /// <summary>Keys of runs that are removed with all they have.</summary>
    public List<long> Deleted => _deleted ??= [];

    public List<StoreDocument> Documents => _documents ??= [];

    /// <summary>Called in the order of the writes, once the write is durable.</summary>
    public List<Action> Committed => _committed ??= [];

    /// <summary>Called when the write could not be made.</summary>
    public List<Action> Failed => _failed ??= [];

    /// <summary>
    /// True if nobody waits for it: it may stay a moment in memory, so that it shares the flush of a write that somebody waits for.
    /// </summary>
    public bool IsLazy { get; init; }

    /// <summary>Asked just before the write; false fails it, as an earlier one it builds on has failed.</summary>
    public Func<bool>? StillValid { get; set; }

    public bool HasExecutions => _executions is not null;

    public bool HasHistory => _history is not null;

    public bool HasVisibility => _visibility is not null;

    public bool HasTransfers => _owed is not null || _paid is not null;

    public bool HasDeleted => _deleted is not null;

    public bool HasDocuments => _documents is not null;

    public void RunCommitted()
    {
        if (_committed is null)
        {
            return;
        }

        foreach (var action in _committed)
        {
            action();
        }
    }

    public void RunFailed()
    {
        if (_failed is null)
        {
            return;
        }

        foreach (var action in _failed)
        {
            action();
        }
    }
}
