using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>What workers say about a command for people, its summary and its event groups, is kept on the event that the command leads to.</summary>
public sealed class EventGroupTests
{
    [Fact]
    public async Task Commands_InAScope_LeaveItsMarkerOnTheirEvents()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        using var worker = new TemporalWorker(sdk.Client, new TemporalWorkerOptions("q")
            .AddWorkflow<GroupedWorkflow>().AddWorkflow<SleepWorkflow>().AddActivity(OneActivityWorkflow.Double));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await sdk.Client.StartWorkflowAsync((GroupedWorkflow workflow) => workflow.RunAsync(false), new("w", "q"));
            await handle.SignalAsync(workflow => workflow.GoAsync());
            await handle.GetResultAsync();
            var first = (await sdk.Client.GetWorkflowHandle("w", handle.FirstExecutionRunId).FetchHistoryAsync()).Events;
            foreach (var type in (EventType[])[
                EventType.ActivityTaskScheduled,
                EventType.TimerStarted,
                EventType.TimerCanceled,
                EventType.StartChildWorkflowExecutionInitiated,
                EventType.SignalExternalWorkflowExecutionInitiated,
                EventType.MarkerRecorded,
                EventType.WorkflowPropertiesModified,
                EventType.WorkflowExecutionContinuedAsNew])
            {
                Assert.Contains("scope", Labels(first, type));
            }

            Assert.Equal("\"forty-two\"", first.Single(e => e.ActivityTaskScheduledEventAttributes is not null).UserMetadata.Summary.Data.ToStringUtf8());
            Assert.Empty(Labels((await handle.FetchHistoryAsync()).Events, EventType.WorkflowExecutionCompleted));
        });
    }

    private static List<string> Labels(IEnumerable<HistoryEvent> events, EventType type) =>
        [.. events.First(e => e.EventType == type).EventGroupMarkers.Select(marker => marker.Label?.Id ?? "")];

    [Workflow]
    public class GroupedWorkflow
    {
        private bool _go;

        [WorkflowRun]
        public async Task RunAsync(bool last)
        {
            if (last)
            {
                return;
            }

            await Workflow.WaitConditionAsync(() => _go);
            using (Workflow.WithEventGroups(Workflow.CreateEventGroup("scope")))
            {
                await Workflow.ExecuteActivityAsync(
                    () => OneActivityWorkflow.Double(21), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), Summary = "forty-two" });
                using var cancel = new CancellationTokenSource();
                var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), cancel.Token);
                var child = await Workflow.StartChildWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(1), 1), new() { Id = "child" });
                await child.SignalAsync("unknown", []);
#pragma warning disable CA1849 // Only what happens at once is deterministic.
                cancel.Cancel();
#pragma warning restore CA1849
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
                Workflow.Patched("patch");
                Workflow.UpsertMemo(Temporalio.Workflows.MemoUpdate.ValueSet("key", "value"));
                throw Workflow.CreateContinueAsNewException((GroupedWorkflow workflow) => workflow.RunAsync(true));
            }
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            _go = true;
            return Task.CompletedTask;
        }
    }
}
