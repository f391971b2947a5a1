using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Activities without a workflow: the client's own calls, and what operators do to them.</summary>
internal static class StandaloneActivityCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        await ResultAsync(client);
        await EndAsync(client);
        await OperateAsync(client);
    }

    private static async Task ResultAsync(TemporalClient client)
    {
        var handle = await client.StartActivityAsync("Double", [21], Options("double", "q"));
        Assert.Equal(42, await handle.GetResultAsync<int>());
        var description = await handle.DescribeAsync(new() { IncludeOutcome = true });
        Assert.Equal((ActivityExecutionStatus.Completed, "Double", 1), (description.Status, description.ActivityType, description.Attempt));
        Assert.Equal(42, await description.GetResultAsync<int>());
        var refused = Options("double", "q");
        refused.IdReusePolicy = ActivityIdReusePolicy.RejectDuplicate;
        await Assert.ThrowsAsync<ActivityAlreadyStartedException>(() => client.StartActivityAsync("Double", [21], refused));
        Assert.Equal(1, (await client.CountActivitiesAsync("ActivityType = 'Double' AND ExecutionStatus = 'Completed'")).Count);
        var listed = Assert.Single(await client.ListActivitiesAsync("ActivityId = 'double'").ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("double", description.ActivityRunId), (listed.ActivityId, listed.ActivityRunId));
        await client.WorkflowService.DeleteActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "double" });
        await Gone.WhenAsync(() => handle.DescribeAsync());
    }

    private static async Task EndAsync(TemporalClient client)
    {
        var canceled = await client.StartActivityAsync(() => InterruptedWorkflow.WaitAsync(), Options("canceled", "q"));
        await BeatenAsync(canceled);
        await canceled.CancelAsync(new() { Reason = "no need" });
        Assert.Equal("canceled", await canceled.GetResultAsync());
        Assert.Equal("no need", (await canceled.DescribeAsync()).CanceledReason);
        var terminated = await client.StartActivityAsync("Double", [1], Options("terminated", "nobody"));
        await terminated.TerminateAsync(new() { Reason = "enough" });
        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => terminated.GetResultAsync<int>());
        Assert.Equal("enough", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    }

    private static async Task OperateAsync(TemporalClient client)
    {
        var (rpc, worker) = (client.WorkflowService, new HandWorker(client, "alone"));
        var options = Options("operated", "alone");
        options.RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1) };
        var handle = await client.StartActivityAsync("Double", [1], options);
        await rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "operated", Reason = "wait" });
        Assert.Equal(PendingActivityState.Paused, (await handle.DescribeAsync()).RunState);
        var updated = await rpc.UpdateActivityExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            ActivityId = "operated",
            ActivityOptions = new ActivityOptions { HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(9)) },
            UpdateMask = new() { Paths = { "heartbeat_timeout" } },
        });
        Assert.Equal((9, 300), (updated.ActivityOptions.HeartbeatTimeout.Seconds, updated.ActivityOptions.StartToCloseTimeout.Seconds));
        await rpc.UnpauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "operated" });
        await worker.FailAsync(await worker.PollActivityAsync());
        var second = await worker.PollActivityAsync();
        Assert.Equal((2, 9), (second.Attempt, second.HeartbeatTimeout.Seconds));
        await rpc.ResetActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "operated", RestoreOriginalOptions = true });
        Assert.True((await rpc.RecordActivityTaskHeartbeatAsync(new() { Namespace = Ns, TaskToken = second.TaskToken })).ActivityReset);
        await worker.FailAsync(second);
        var first = await worker.PollActivityAsync();
        Assert.Equal((1, 60), (first.Attempt, first.HeartbeatTimeout.Seconds));
        await worker.CompleteActivityAsync(first);
        await handle.GetResultAsync();
    }

    private static StartActivityOptions Options(string id, string queue) =>
        new(id, queue) { StartToCloseTimeout = TimeSpan.FromMinutes(5), HeartbeatTimeout = TimeSpan.FromMinutes(1) };

    private static async Task BeatenAsync(ActivityHandle handle)
    {
        while ((await handle.DescribeAsync()).LastHeartbeatTime is null)
        {
            await Task.Yield();
        }
    }
}
