using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Runtime;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>A worker by hand, as async completion and failures by id and token take it, and what workers say of themselves.</summary>
internal static class WorkerCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        foreach (var (end, type) in (IEnumerable<(string, EventType)>)[
            ("complete", EventType.ActivityTaskCompleted),
            ("fail", EventType.ActivityTaskFailed),
            ("cancel", EventType.ActivityTaskCanceled)])
        {
            await CompleteAsync(client, end, byToken: true, type);
            await CompleteAsync(client, end, byToken: false, type);
        }

        await ShutDownAsync(client);
        await HeartbeatAsync(client);
    }

    private static async Task CompleteAsync(TemporalClient client, string end, bool byToken, EventType expected)
    {
        var (rpc, worker) = (client.WorkflowService, new HandWorker(client));
        var id = byToken ? end : $"{end}-id";
        var handle = await worker.StartWithActivityAsync(id, attributes => attributes.RetryPolicy = new() { MaximumAttempts = 1 });
        var activity = await worker.PollActivityAsync();
        Assert.Equal(id, activity.WorkflowExecution.WorkflowId);
        await rpc.RecordActivityTaskHeartbeatAsync(new() { TaskToken = activity.TaskToken });
        var named = client.GetAsyncActivityHandle(id, activity.WorkflowExecution.RunId, "a");
        await named.HeartbeatAsync(new() { Details = ["half"] });
        var beaten = Assert.Single((await worker.DescribeAsync(id)).PendingActivities);
        Assert.Equal("\"half\"", beaten.HeartbeatDetails.Payloads_[0].Data.ToStringUtf8());
        var completion = byToken ? client.GetAsyncActivityHandle(activity.TaskToken.ToByteArray()) : named;
        switch (end)
        {
            case "complete":
                await completion.CompleteAsync(1);
                break;
            case "fail":
                await completion.FailAsync(new ApplicationFailureException("no"));
                break;
            default:
                await handle.SignalAsync("go", []);
                await worker.CompleteAsync(await worker.PollAsync(), new Command
                {
                    CommandType = CommandType.RequestCancelActivityTask,
                    RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = 5 },
                });
                await completion.ReportCancellationAsync();
                break;
        }

        var task = await worker.PollAsync();
        Assert.Contains(task.History.Events, e => e.EventType == expected);
        await rpc.RespondWorkflowTaskFailedAsync(new() { TaskToken = task.TaskToken, Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure });
        Assert.Equal(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, (await LastAsync(handle)).WorkflowTaskFailedEventAttributes.Cause);
        await handle.TerminateAsync();
    }

    private static async Task<HistoryEvent> LastAsync(WorkflowHandle handle) =>
        (await handle.FetchHistoryAsync()).Events.Last(e => e.EventType == EventType.WorkflowTaskFailed);

    /// <summary>What a worker had to itself goes to the others when it leaves.</summary>
    private static async Task ShutDownAsync(TemporalClient client)
    {
        var worker = new HandWorker(client);
        var handle = await client.StartWorkflowAsync("ByHand", [], new("left", "hand"));
        await worker.StickAsync(await worker.PollAsync(), "own");
        await handle.SignalAsync("go", []);
        await client.WorkflowService.ShutdownWorkerAsync(new() { Namespace = Ns, StickyTaskQueue = "own" });
        var task = await worker.PollAsync();
        Assert.Equal("left", task.WorkflowExecution.WorkflowId);
        await worker.CompleteAsync(task);
        await handle.TerminateAsync();
    }

    /// <summary>The SDK's worker says by itself that it is there, and that it is gone.</summary>
    private static async Task HeartbeatAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        var runtime = new TemporalRuntime(new TemporalRuntimeOptions { WorkerHeartbeatInterval = TimeSpan.FromSeconds(1) });
        var beating = await TemporalClient.ConnectAsync(new(client.Connection.Options.TargetHost!) { Runtime = runtime, Identity = "beating" });
        var key = "";
        using (var worker = new TemporalWorker(beating, new TemporalWorkerOptions("beating").AddWorkflow<SleepWorkflow>()))
        {
            await worker.ExecuteAsync(async () =>
            {
                while ((await rpc.CountWorkersAsync(new() { Namespace = Ns, Query = "TaskQueue = 'beating'" })).Count == 0)
                {
                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                }

                var listed = Assert.Single((await rpc.ListWorkersAsync(new() { Namespace = Ns, Query = "TaskQueue = 'beating'" })).Workers);
                Assert.Equal((WorkerStatus.Running, "beating", "temporal-dotnet"), (listed.Status, listed.WorkerIdentity, listed.SdkName));
                key = listed.WorkerInstanceKey;
                var heartbeat = (await rpc.DescribeWorkerAsync(new() { Namespace = Ns, WorkerInstanceKey = key })).WorkerInfo.WorkerHeartbeat;
                Assert.Equal((key, listed.ProcessId), (heartbeat.WorkerInstanceKey, heartbeat.HostInfo.ProcessId));
            });
        }

        Assert.Equal(WorkerStatus.ShuttingDown, (await rpc.DescribeWorkerAsync(new() { Namespace = Ns, WorkerInstanceKey = key })).WorkerInfo.WorkerHeartbeat.Status);
        await rpc.ShutdownWorkerAsync(new() { Namespace = Ns, WorkerHeartbeat = new() { WorkerInstanceKey = key, Status = WorkerStatus.Shutdown } });
        await Gone.WhenAsync(() => rpc.DescribeWorkerAsync(new() { Namespace = Ns, WorkerInstanceKey = key }));
    }
}
