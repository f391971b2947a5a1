namespace Ecosystem.Temporal.Storage;

/// <summary>Checks what a store holds: every history without gap, and every run's stored state equal to what its history says.</summary>
internal static class StoreVerification
{
    /// <summary>What is wrong, a line each; empty if nothing is. The store must not be in use.</summary>
    public static IReadOnlyList<string> Check(IStore store)
    {
        var problems = new List<string>();
        var namespaces = new NamespaceRegistry(store);
        var runIds = new HashSet<(string Namespace, string RunId)>();
        for (var key = 1L; key <= store.LastKey(); key++)
        {
            if (store.Find(key) is not { } row)
            {
                continue;
            }

            if (!runIds.Add((row.Namespace, row.RunId)))
            {
                problems.Add($"run {row.RunId} of {row.WorkflowId}: is there twice");
            }

            if (namespaces.Find(row.Namespace) is { } ns)
            {
                problems.AddRange(Check(store, row, ns).Select(problem => $"run {row.RunId} of {row.WorkflowId}: {problem}"));
            }
        }

        return problems;
    }

    private static List<string> Check(IStore store, ExecutionRow row, NamespaceRecord ns)
    {
        var problems = new List<string>();
        var state = new ExecutionState { Key = row.Key, Namespace = ns, WorkflowId = row.WorkflowId, RunId = row.RunId, StartRequestId = row.RequestId };
        try
        {
            foreach (var batch in store.ReadHistory(row.Key, 1, int.MaxValue))
            {
                var events = History.Parser.ParseFrom(batch.Data).Events;
                if (batch.FirstEventId != state.NextEventId || events.Count != batch.Count || events[0].EventId != batch.FirstEventId)
                {
                    problems.Add($"the batch of events at {batch.FirstEventId} should begin at {state.NextEventId} and hold {batch.Count} events");
                    return problems;
                }

                foreach (var e in events)
                {
                    if (e.EventId != state.NextEventId)
                    {
                        problems.Add($"event {e.EventId} stands where {state.NextEventId} should");
                        return problems;
                    }

                    if (!state.IsRunning)
                    {
                        problems.Add($"event {e.EventId} ({e.EventType}) follows the end of the run");
                    }

                    state.Replay(e);
                }
            }

            if (state.NextEventId == 1)
            {
                problems.Add("it has no history");
                return problems;
            }

            StateOverlay.Read(state, row.Overlay);
            Compare(problems, row, state);
        }
        catch (Exception e) when (e is StoreException or InvalidProtocolBufferException or IOException)
        {
            problems.Add(e.Message);
        }

        return problems;
    }

    private static void Compare(List<string> problems, ExecutionRow row, ExecutionState state)
    {
        if ((int)state.Status != row.Status)
        {
            problems.Add($"its status is stored as {(WorkflowExecutionStatus)row.Status}, its history says {state.Status}");
        }

        if (!StateOverlay.Write(state).AsSpan().SequenceEqual(row.Overlay))
        {
            problems.Add("its stored state does not follow from its history");
        }

        // A task that was handed out counts as given to its queue only in memory; what is stored is when it is due at the latest.
        var due = state.NextDue();
        if (state.IsRunning && row.Due != long.MaxValue && due == DateTimeOffset.MaxValue)
        {
            problems.Add("a timer is stored that its history does not have");
        }
    }
}
