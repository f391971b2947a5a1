using Ecosystem.Temporal.Executions;
using Ecosystem.Temporal.Matching;
using Ecosystem.Temporal.Namespaces;
using Ecosystem.Temporal.Storage;
using Ecosystem.Temporal.Visibility;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>
/// A data file with very many executions, written through the store as the engine would have. Closed ones completed with one activity; open ones
/// sleep on a timer a year ahead. Each has a custom search attribute with 1,000 values.
/// </summary>
internal static class LargeStore
{
    public const string Attribute = "BenchRegion";
    private const int Chunk = 1000;
    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddHours(-20);

    public static async Task CreateAsync(string file, int closed, int open)
    {
        await using var store = SqliteStore.Open(file);
        var namespaces = new NamespaceRegistry(store);
        var ns = new NamespaceRecord("default", Guid.NewGuid().ToString())
        {
            Retention = TimeSpan.FromDays(30),
            SearchAttributes = SearchAttributeMap.Empty.Add([new(Attribute, IndexedValueType.Keyword)]),
        };
        await namespaces.SaveAsync(ns);
        await using var engine = new Engine(store, TimeProvider.System, namespaces, new TaskQueues());
        var pending = new Queue<Task>();
        for (var key = 1; key <= closed + open; key += Chunk)
        {
            var write = new StoreWrite();
            for (var one = key; one < key + Chunk && one <= closed + open; one++)
            {
                Add(write, ns, one, isOpen: one > closed);
            }

            pending.Enqueue(store.CommitAsync(write));
            if (pending.Count > 4)
            {
                await pending.Dequeue();
            }
        }

        await Task.WhenAll(pending);
    }

    private static void Add(StoreWrite write, NamespaceRecord ns, int key, bool isOpen)
    {
        var state = new ExecutionState
        {
            Key = key,
            Namespace = ns,
            WorkflowId = $"large-{key}",
            RunId = new Guid(key, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(),
            StartRequestId = $"r{key}",
        };
        var history = new History();
        foreach (var e in isOpen ? Open(state) : Closed(state))
        {
            e.EventId = history.Events.Count + 1;
            e.EventTime = Timestamp.FromDateTimeOffset(Begin.AddMilliseconds(key * 50.0).AddMilliseconds(e.EventId));
            e.TaskId = (long)key << 20 | e.EventId;
            history.Events.Add(e);
            state.Replay(e);
        }

        var due = state.NextDue();
        write.Executions.Add(new ExecutionRow
        {
            Key = key,
            Namespace = ns.Name,
            WorkflowId = state.WorkflowId,
            RunId = state.RunId,
            RequestId = state.StartRequestId,
            Status = (int)state.Status,
            Overlay = StateOverlay.Write(state),
            Due = due == DateTimeOffset.MaxValue ? long.MaxValue : due.UtcTicks,
            Ready = false,
        });
        using var data = new MemoryStream();
        Google.Protobuf.MessageExtensions.WriteTo(history, data);
        write.History.Add(new HistoryBatch(key, 1, history.Events.Count, data.ToArray()));
        write.Visibility.Add(ExecutionDescription.ToVisibility(state));
    }

    private static IEnumerable<HistoryEvent> Closed(ExecutionState state)
    {
        yield return Started(state);
        foreach (var e in WorkflowTask(1))
        {
            yield return e;
        }

        yield return new HistoryEvent
        {
            EventType = EventType.ActivityTaskScheduled,
            ActivityTaskScheduledEventAttributes = new()
            {
                ActivityId = "1",
                ActivityType = new ActivityType { Name = "Echo" },
                TaskQueue = new TaskQueue { Name = "large" },
                StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
                WorkflowTaskCompletedEventId = 4,
            },
        };
        yield return new HistoryEvent { EventType = EventType.ActivityTaskStarted, ActivityTaskStartedEventAttributes = new() { ScheduledEventId = 5, Identity = "w", Attempt = 1 } };
        yield return new HistoryEvent { EventType = EventType.ActivityTaskCompleted, ActivityTaskCompletedEventAttributes = new() { ScheduledEventId = 5, StartedEventId = 6, Identity = "w" } };
        foreach (var e in WorkflowTask(7))
        {
            yield return e;
        }

        yield return new HistoryEvent { EventType = EventType.WorkflowExecutionCompleted, WorkflowExecutionCompletedEventAttributes = new() { WorkflowTaskCompletedEventId = 10 } };
    }

    private static IEnumerable<HistoryEvent> Open(ExecutionState state)
    {
        yield return Started(state);
        foreach (var e in WorkflowTask(1))
        {
            yield return e;
        }

        yield return new HistoryEvent
        {
            EventType = EventType.TimerStarted,
            TimerStartedEventAttributes = new() { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(365)), WorkflowTaskCompletedEventId = 4 },
        };
    }

    private static HistoryEvent Started(ExecutionState state) => new()
    {
        EventType = EventType.WorkflowExecutionStarted,
        WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowType = new WorkflowType { Name = $"Large{state.Key % 20}" },
            TaskQueue = new TaskQueue { Name = "large" },
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            WorkflowId = state.WorkflowId,
            OriginalExecutionRunId = state.RunId,
            FirstExecutionRunId = state.RunId,
            Attempt = 1,
            FirstWorkflowTaskBackoff = new Duration(),
            Identity = "bench",
            SearchAttributes = new SearchAttributes
            {
                IndexedFields = { [Attribute] = SearchAttributePayloads.Encode($"region-{state.Key % 1000}", IndexedValueType.Keyword) },
            },
        },
    };

    private static IEnumerable<HistoryEvent> WorkflowTask(long after)
    {
        yield return new HistoryEvent
        {
            EventType = EventType.WorkflowTaskScheduled,
            WorkflowTaskScheduledEventAttributes = new() { TaskQueue = new TaskQueue { Name = "large" }, StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)), Attempt = 1 },
        };
        yield return new HistoryEvent { EventType = EventType.WorkflowTaskStarted, WorkflowTaskStartedEventAttributes = new() { ScheduledEventId = after + 1, Identity = "w" } };
        yield return new HistoryEvent
        {
            EventType = EventType.WorkflowTaskCompleted,
            WorkflowTaskCompletedEventAttributes = new() { ScheduledEventId = after + 1, StartedEventId = after + 2, Identity = "w" },
        };
    }
}
