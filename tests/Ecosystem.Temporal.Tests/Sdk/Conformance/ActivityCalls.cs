using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>What operators do to activities of workflows: pause, unpause, reset, other options.</summary>
internal static class ActivityCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        await WhileItRunsAsync(client);
        await BetweenAttemptsAsync(client);
    }

    /// <summary>The SDK's worker hears of it by the answer to a heartbeat.</summary>
    private static async Task WhileItRunsAsync(TemporalClient client)
    {
        var paused = await StartAsync(client, "paused");
        await client.WorkflowService.PauseActivityAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "paused" }, Id = "wait" });
        Assert.Equal("paused", await paused.GetResultAsync());
        var reset = await StartAsync(client, "reset");
        await client.WorkflowService.ResetActivityAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "reset" }, Id = "wait" });
        Assert.Equal("reset", await reset.GetResultAsync());
    }

    private static async Task BetweenAttemptsAsync(TemporalClient client)
    {
        var (rpc, worker) = (client.WorkflowService, new HandWorker(client, "operated"));
        await worker.StartWithActivityAsync("operated");
        var target = new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = "operated" };
        await rpc.PauseActivityAsync(new() { Namespace = Ns, Execution = target, Id = "a", Reason = "wait" });
        Assert.Equal((PendingActivityState.Paused, "wait"), await PendingAsync(client) is var pending ? (pending.State, pending.PauseInfo.Manual.Reason) : default);
        var updated = await rpc.UpdateActivityOptionsAsync(new()
        {
            Namespace = Ns,
            Execution = target,
            Id = "a",
            ActivityOptions = new() { HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) },
            UpdateMask = new() { Paths = { "heartbeat_timeout" } },
        });
        Assert.Equal((7, 60), (updated.ActivityOptions.HeartbeatTimeout.Seconds, updated.ActivityOptions.StartToCloseTimeout.Seconds));
        Assert.Equal(7, (await PendingAsync(client)).ActivityOptions.HeartbeatTimeout.Seconds);
        await rpc.UnpauseActivityAsync(new() { Namespace = Ns, Execution = target, Id = "a" });
        var task = await worker.PollActivityAsync();
        Assert.Equal(1, task.Attempt);
        await worker.FailAsync(task);
        task = await worker.PollActivityAsync();
        await worker.FailAsync(task);
        Assert.Equal((2, 3), (task.Attempt, (await PendingAsync(client)).Attempt));
        await rpc.ResetActivityAsync(new() { Namespace = Ns, Execution = target, Id = "a", RestoreOriginalOptions = true });
        task = await worker.PollActivityAsync();
        Assert.Equal((1, 0), (task.Attempt, (await PendingAsync(client)).ActivityOptions.HeartbeatTimeout.Seconds));
        await worker.CompleteActivityAsync(task);
        await client.GetWorkflowHandle("operated").TerminateAsync();
    }

    /// <summary>Starts a workflow and waits for its activity's first heartbeat.</summary>
    private static async Task<WorkflowHandle<InterruptedWorkflow, string>> StartAsync(TemporalClient client, string id)
    {
        var handle = await client.StartWorkflowAsync((InterruptedWorkflow workflow) => workflow.RunAsync(), new(id, "q"));
        var hand = new HandWorker(client);
        while ((await hand.DescribeAsync(id)).PendingActivities.SingleOrDefault()?.HeartbeatDetails is null)
        {
            await Task.Yield();
        }

        return handle;
    }

    private static async Task<PendingActivityInfo> PendingAsync(TemporalClient client) =>
        Assert.Single((await new HandWorker(client).DescribeAsync("operated")).PendingActivities);
}
