namespace Ecosystem.Temporal.Storage;

/// <summary>
/// Checks what a store holds: every history without gap, every run's stored state, timer, task flag and list row equal to what its history
/// says, and no message between runs lost. The store must not be in use.
/// </summary>
internal sealed class StoreVerification
{
    private readonly IStore _store;
    private readonly NamespaceRegistry _namespaces;
    private readonly HashSet<Transfer> _transfers;
    private readonly HashSet<(string Namespace, string RunId)> _runIds = [];
    private readonly List<string> _problems = [];

    private StoreVerification(IStore store)
    {
        _store = store;
        _namespaces = new NamespaceRegistry(store);
        _transfers = [.. store.Transfers()];
    }

    /// <summary>What is wrong, a line each; empty if nothing is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="progress">Told how many of how many runs were looked at, from time to time.</param>
    public static IReadOnlyList<string> Check(IStore store, Action<long, long>? progress = null)
    {
        var problems = new List<string>();
        if (store is SqliteStore sqlite)
        {
            problems.AddRange(sqlite.IntegrityProblems());
        }

        try
        {
            var verification = new StoreVerification(store);
            verification.CheckRuns(progress);
            verification.CheckTransfers();
            problems.AddRange(verification._problems);
        }
        catch (StoreException e)
        {
            problems.Add(e.Message);
        }

        return problems;
    }

    private void CheckRuns(Action<long, long>? progress)
    {
        var last = _store.LastKey();
        for (var key = 1L; key <= last; key++)
        {
            if (key % 10_000 == 0)
            {
                progress?.Invoke(key, last);
            }

            ExecutionRow? row;
            try
            {
                row = _store.Find(key);
            }
            catch (StoreException e)
            {
                _problems.Add($"run number {key}: {e.Message}");
                continue;
            }

            if (row is not null)
            {
                CheckRun(row);
            }
        }
    }

    private void CheckRun(ExecutionRow row)
    {
        void Report(string problem) => _problems.Add($"run {row.RunId} of {row.WorkflowId}: {problem}");
        if (!_runIds.Add((row.Namespace, row.RunId)))
        {
            Report("is there twice");
        }

        if (_namespaces.Find(row.Namespace) is not { } ns)
        {
            Report($"its namespace '{row.Namespace}' does not exist");
            return;
        }

        var state = new ExecutionState { Key = row.Key, Namespace = ns, WorkflowId = row.WorkflowId, RunId = row.RunId, StartRequestId = row.RequestId };
        try
        {
            if (Replay(state, Report))
            {
                StateOverlay.Read(state, row.Overlay);
                CompareRow(row, state, Report);
                CompareList(state, Report);
                CheckChildren(state, Report);
            }
        }
        catch (Exception e) when (e is StoreException or InvalidProtocolBufferException or IOException)
        {
            Report(e.Message);
        }
    }

    private bool Replay(ExecutionState state, Action<string> report)
    {
        foreach (var batch in _store.ReadHistory(state.Key, 1, int.MaxValue))
        {
            var events = History.Parser.ParseFrom(batch.Data).Events;
            if (batch.FirstEventId != state.NextEventId || events.Count != batch.Count || events.Count == 0 || events[0].EventId != batch.FirstEventId)
            {
                report($"the batch of events at {batch.FirstEventId} should begin at {state.NextEventId} and hold {batch.Count} events");
                return false;
            }

            foreach (var e in events)
            {
                if (e.EventId != state.NextEventId)
                {
                    report($"event {e.EventId} stands where {state.NextEventId} should");
                    return false;
                }

                if (!state.IsRunning)
                {
                    report($"event {e.EventId} ({e.EventType}) follows the end of the run");
                }

                state.Replay(e);
            }
        }

        if (state.NextEventId == 1)
        {
            report("it has no history");
            return false;
        }

        return true;
    }

    private static void CompareRow(ExecutionRow row, ExecutionState state, Action<string> report)
    {
        if ((int)state.Status != row.Status)
        {
            report($"its status is stored as {(WorkflowExecutionStatus)row.Status}, its history says {state.Status}");
        }

        if (!StateOverlay.Write(state).AsSpan().SequenceEqual(row.Overlay))
        {
            report("its stored state does not follow from its history");
        }

        if (!row.Ready && state.IsReady(DateTimeOffset.MinValue))
        {
            report("work waits that it is not marked for, so a restart would not take it up");
        }

        // Whether an attempt was given to its queue already is known in memory only; the stored timer lies between the two.
        var earliest = Ticks(state.NextDue());
        foreach (var activity in state.Activities.Values)
        {
            activity.Dispatched = true;
        }

        var latest = Ticks(state.NextDue());
        if (row.Due < earliest || row.Due > latest)
        {
            report($"its timer is stored as {Time(row.Due)}, its history says {(earliest == latest ? "" : Time(earliest) + " to ")}{Time(latest)}");
        }
    }

    private void CompareList(ExecutionState state, Action<string> report)
    {
        var expected = ExecutionDescription.ToVisibility(state);
        if (_store.Visibility.Find(state.Key) is not { } listed)
        {
            report("lists do not show it");
            return;
        }

        if (listed.Status != expected.Status
            || listed.WorkflowId != expected.WorkflowId
            || listed.RunId != expected.RunId
            || listed.WorkflowType != expected.WorkflowType
            || listed.TaskQueue != expected.TaskQueue
            || listed.StartTime != expected.StartTime
            || listed.CloseTime != expected.CloseTime
            || (expected.CloseTime is not null && listed.HistoryLength != expected.HistoryLength)
            || !Equals(listed.Memo, expected.Memo)
            || !Equals(listed.SearchAttributes, expected.SearchAttributes))
        {
            report("lists show it otherwise than its history does");
        }
    }

    /// <summary>A child that ended must have told its parent, or owe it that.</summary>
    private void CheckChildren(ExecutionState state, Action<string> report)
    {
        foreach (var child in state.Children.Values.Where(child => child.StartedEventId > 0))
        {
            if (_namespaces.FindById(child.Initiated.NamespaceId) is { } ns
                && _store.FindRuns(ns.Name, child.Initiated.WorkflowId) is [.., var last]
                && last.RunId == child.RunId
                && last.Status != (int)WorkflowExecutionStatus.Running
                && !_transfers.Contains(new Transfer(last.Key, TransferKind.NotifyParent)))
            {
                report($"its child {child.Initiated.WorkflowId} ended, and the message that says so is lost");
            }
        }
    }

    private void CheckTransfers()
    {
        foreach (var transfer in _transfers)
        {
            if (_store.Find(transfer.Run) is not { } row)
            {
                _problems.Add($"a message ({transfer.Kind}) is owed by run number {transfer.Run}, which does not exist");
            }
            else if (row.Status == (int)WorkflowExecutionStatus.Running)
            {
                _problems.Add($"run {row.RunId} of {row.WorkflowId}: owes a message ({transfer.Kind}) although it has not ended");
            }
        }
    }

    private static long Ticks(DateTimeOffset time) => time == DateTimeOffset.MaxValue ? long.MaxValue : time.UtcTicks;

    private static string Time(long ticks) =>
        ticks is long.MaxValue or < 0 ? "none" : new DateTimeOffset(ticks, TimeSpan.Zero).ToString("O", CultureInfo.InvariantCulture);
}
