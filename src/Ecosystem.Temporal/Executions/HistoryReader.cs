namespace Ecosystem.Temporal.Executions;

/// <summary>Gives histories in pages, whole or as they grow.</summary>
internal static class HistoryReader
{
    /// <summary>Batches of one page unless the caller says less.</summary>
    private const int PageBatches = 256;

    /// <summary>Bytes of events after which a page ends, so that an answer stays below gRPC's default limit.</summary>
    private const int PageBytes = 2 * 1024 * 1024;

    private const byte TokenVersion = 3;

    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    /// <summary>The first page for a worker: events from an id on, and the token for the rest, if any.</summary>
    public static (List<HistoryEvent> Events, ByteString? Next) FirstPage(
        Engine engine,
        Execution execution,
        IReadOnlyList<HistoryEvent> unwritten,
        long first)
    {
        var (events, next) = Read(engine, execution, first, PageBatches * 4);
        if (next < execution.State.NextEventId - unwritten.Count)
        {
            return (events, Token(execution.State.RunId, next));
        }

        events.AddRange(unwritten.Where(e => e.EventId >= first));
        events.AddRange(Transaction.VirtualEvents(execution.State, execution.State.Task?.Identity ?? ""));
        return (events, null);
    }

    public static async Task<GetWorkflowExecutionHistoryResponse> GetAsync(
        Engine engine,
        NamespaceRecord ns,
        GetWorkflowExecutionHistoryRequest request,
        bool followsRuns,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        var workflowId = request.Execution.WorkflowId;
        var (runId, from) = request.NextPageToken.IsEmpty
            ? (request.Execution.RunId, 1L)
            : ParseToken(request.NextPageToken);
        var closeOnly = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        var size = request.MaximumPageSize is > 0 and < PageBatches ? request.MaximumPageSize : PageBatches;
        var until = LongPollEnd(engine, deadline);
        while (true)
        {
            var (response, changed) = engine.WithChain(ns, workflowId, chain =>
            {
                var execution = engine.Resolve(chain, runId);
                runId = execution.State.RunId;
                var wait = execution.WaitForChange();
                return (Page(engine, execution, ref from, closeOnly, request.WaitNewEvent, size, followsRuns), wait);
            });
            if (response is not null)
            {
                return response;
            }

            if (!await WaitAsync(changed, until - engine.RealNow, cancel))
            {
                return new GetWorkflowExecutionHistoryResponse { History = new History(), NextPageToken = Token(runId, from) };
            }
        }
    }

    public static GetWorkflowExecutionHistoryReverseResponse GetReverse(
        Engine engine,
        NamespaceRecord ns,
        GetWorkflowExecutionHistoryReverseRequest request)
    {
        var (runId, token) = request.NextPageToken.IsEmpty
            ? (request.Execution.RunId, 0L)
            : ParseToken(request.NextPageToken);
        var size = request.MaximumPageSize is > 0 and < PageBatches ? request.MaximumPageSize : PageBatches;
        return engine.WithChain(ns, request.Execution.WorkflowId, chain =>
        {
            var execution = engine.Resolve(chain, runId);
            var last = token == 0 ? execution.State.NextEventId - 1 : token;
            var batches = Batches(engine, execution, 1, int.MaxValue).Where(batch => batch[0].EventId <= last).Reverse().Take(size).ToList();
            var response = new GetWorkflowExecutionHistoryReverseResponse { History = new History() };
            foreach (var batch in batches)
            {
                response.History.Events.AddRange(Enumerable.Reverse(batch).Where(e => e.EventId <= last));
            }

            if (response.History.Events.Count > 0 && response.History.Events[^1].EventId > 1)
            {
                response.NextPageToken = Token(execution.State.RunId, response.History.Events[^1].EventId - 1);
            }

            return response;
        });
    }

    /// <summary>When a long poll that starts now ends without a result: a second before the caller's patience does.</summary>
    public static DateTimeOffset LongPollEnd(Engine engine, DateTimeOffset? deadline)
    {
        var end = engine.RealNow + LongPoll;
        return deadline is { } given && given - TimeSpan.FromSeconds(1) < end ? given - TimeSpan.FromSeconds(1) : end;
    }

    private static GetWorkflowExecutionHistoryResponse? Page(
        Engine engine,
        Execution execution,
        ref long from,
        bool closeOnly,
        bool wait,
        int size,
        bool followsRuns)
    {
        var state = execution.State;
        if (closeOnly)
        {
            if (state.IsRunning)
            {
                return wait ? null : new GetWorkflowExecutionHistoryResponse { History = new History() };
            }

            var closed = new GetWorkflowExecutionHistoryResponse { History = new History() };
            closed.History.Events.Add(followsRuns ? state.CloseEvent! : HideNextRun(state.CloseEvent!));
            return closed;
        }

        if (wait && state.IsRunning && from >= state.NextEventId)
        {
            return null;
        }

        var (events, next) = Read(engine, execution, from, size);
        var response = new GetWorkflowExecutionHistoryResponse { History = new History() };
        response.History.Events.AddRange(events);
        if (next < state.NextEventId)
        {
            response.NextPageToken = Token(state.RunId, next);
        }
        else if (wait && state.IsRunning)
        {
            from = next;
            response.NextPageToken = Token(state.RunId, next);
        }
        else if (!wait)
        {
            response.History.Events.AddRange(Transaction.VirtualEvents(state, ""));
        }

        return response;
    }

    /// <summary>Clients that don't follow the next run's id of a close event are shown a continue-as-new, as the server shows old clients.</summary>
    private static HistoryEvent HideNextRun(HistoryEvent close)
    {
        var continued = new WorkflowExecutionContinuedAsNewEventAttributes();
        switch (close.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes:
                continued.NewExecutionRunId = close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId;
                continued.LastCompletionResult = close.WorkflowExecutionCompletedEventAttributes.Result;
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes:
                continued.NewExecutionRunId = close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId;
                continued.Failure = close.WorkflowExecutionFailedEventAttributes.Failure;
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes:
                continued.NewExecutionRunId = close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId;
                continued.Failure = RetryDecision.RunTimeout();
                break;
        }

        if (continued.NewExecutionRunId.Length == 0)
        {
            return close;
        }

        return new HistoryEvent
        {
            EventId = close.EventId,
            EventTime = close.EventTime,
            EventType = EventType.WorkflowExecutionContinuedAsNew,
            TaskId = close.TaskId,
            WorkflowExecutionContinuedAsNewEventAttributes = continued,
        };
    }

    private static (List<HistoryEvent> Events, long Next) Read(Engine engine, Execution execution, long from, int batches)
    {
        var events = new List<HistoryEvent>();
        var bytes = 0;
        var next = from;
        foreach (var batch in Batches(engine, execution, from, batches))
        {
            foreach (var e in batch)
            {
                events.Add(e);
                bytes += e.CalculateSize();
                next = e.EventId + 1;
            }

            if (bytes > PageBytes)
            {
                break;
            }
        }

        return (events, next);
    }

    /// <summary>Batches from the one that holds an event on; from memory where it reaches back far enough, else from the store.</summary>
    private static IEnumerable<List<HistoryEvent>> Batches(Engine engine, Execution execution, long from, int limit)
    {
        var count = 0;
        while (from < execution.FirstCachedEventId && count < limit)
        {
            var stored = engine.Store.ReadHistory(execution.Key, from, Math.Min(limit - count, 32));
            if (stored.Count == 0)
            {
                yield break;
            }

            foreach (var batch in stored)
            {
                if (batch.FirstEventId >= execution.FirstCachedEventId)
                {
                    break;
                }

                count++;
                from = batch.FirstEventId + batch.Count;
                yield return [.. History.Parser.ParseFrom(batch.Data).Events];
            }
        }

        for (var i = 0; i < execution.BatchStarts.Count && count < limit; i++)
        {
            var start = execution.BatchStarts[i];
            var end = i + 1 < execution.BatchStarts.Count ? execution.BatchStarts[i + 1] : execution.Events[^1].EventId + 1;
            if (end <= from)
            {
                continue;
            }

            count++;
            var skip = (int)(Math.Max(start, from) - execution.Events[0].EventId);
            yield return execution.Events.GetRange(skip, (int)(end - Math.Max(start, from)));
        }
    }

    /// <summary>All batches of a run, from the first on.</summary>
    public static IEnumerable<List<HistoryEvent>> AllBatches(Engine engine, Execution execution) => Batches(engine, execution, 1, int.MaxValue);

    private static async Task<bool> WaitAsync(Task changed, TimeSpan wait, CancellationToken cancel)
    {
        if (wait <= TimeSpan.Zero)
        {
            return changed.IsCompleted;
        }

        try
        {
            await changed.WaitAsync(wait, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static ByteString Token(string runId, long next)
    {
        using var stream = new MemoryStream(64);
        using var writer = new BinaryWriter(stream);
        writer.Write(TokenVersion);
        writer.Write(runId);
        writer.Write(next);
        writer.Flush();
        return UnsafeByteOperations.UnsafeWrap(stream.ToArray());
    }

    private static (string RunId, long Next) ParseToken(ByteString token)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(token.ToByteArray()));
            if (reader.ReadByte() == TokenVersion)
            {
                return (reader.ReadString(), reader.ReadInt64());
            }
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            // Reported below, as for a token of another service.
        }

        throw RpcErrors.InvalidArgument("Invalid NextPageToken.");
    }
}
