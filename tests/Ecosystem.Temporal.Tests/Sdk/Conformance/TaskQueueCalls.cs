using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>What is said about task queues, and their settings.</summary>
internal static class TaskQueueCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        var partitions = await rpc.ListTaskQueuePartitionsAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "waiting" } });
        Assert.Equal("waiting", partitions.WorkflowTaskQueuePartitions[0].Key);
        await client.StartWorkflowAsync("Any", [], new("waiting", "waiting"));
        var described = await rpc.DescribeTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "waiting" }, TaskQueueType = TaskQueueType.Workflow, ReportStats = true });
        Assert.Equal((1, RateLimitSource.System), (described.Stats.ApproximateBacklogCount, described.EffectiveRateLimit.RateLimitSource));
        var set = await rpc.UpdateTaskQueueConfigAsync(new()
        {
            Namespace = Ns,
            TaskQueue = "waiting",
            TaskQueueType = TaskQueueType.Activity,
            UpdateQueueRateLimit = new() { RateLimit = new() { RequestsPerSecond = 7 }, Reason = "slowly" },
            Identity = "me",
        });
        Assert.Equal("slowly", set.Config.QueueRateLimit.Metadata.Reason);
        described = await rpc.DescribeTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "waiting" }, TaskQueueType = TaskQueueType.Activity });
        Assert.Equal((7, RateLimitSource.Api), (described.EffectiveRateLimit.RequestsPerSecond, described.EffectiveRateLimit.RateLimitSource));
    }
}
