using Ecosystem.Temporal.Tests.Sdk;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Administration;

/// <summary>Task queues' partitions and settings, workers' heartbeats, namespaces.</summary>
public sealed class QueueAndWorkerTests
{
    private const string Ns = "default";

    [Fact]
    public async Task Partitions_OfAQueue_AreTheQueueAndThoseOfTheServer()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var partitions = await sdk.Client.WorkflowService.ListTaskQueuePartitionsAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "q" } });
        Assert.Equal(["q", "/_sys/q/1", "/_sys/q/2", "/_sys/q/3"], partitions.WorkflowTaskQueuePartitions.Select(partition => partition.Key));
        Assert.Equal(partitions.WorkflowTaskQueuePartitions.Select(partition => partition.Key), partitions.ActivityTaskQueuePartitions.Select(partition => partition.Key));
        var refused = await Assert.ThrowsAsync<RpcException>(() => sdk.Client.WorkflowService.ListTaskQueuePartitionsAsync(new() { Namespace = Ns }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
    }

    [Fact]
    public async Task RateLimit_Set_HoldsTasksBackAndSurvivesARestart()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("queues-").FullName, "t.db");
        await using (var sdk = await SdkService.StartAsync(dataFile: file, worker: false))
        {
            var config = await sdk.Client.WorkflowService.UpdateTaskQueueConfigAsync(new()
            {
                Namespace = Ns,
                TaskQueue = "hand",
                TaskQueueType = TaskQueueType.Activity,
                UpdateQueueRateLimit = new() { RateLimit = new() { RequestsPerSecond = 0.01f }, Reason = "slowly" },
                Identity = "me",
            });
            Assert.Equal("me", config.Config.QueueRateLimit.Metadata.UpdateIdentity);
        }

        await using var again = await SdkService.StartAsync(dataFile: file, worker: false);
        var described = await again.Client.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" }, TaskQueueType = TaskQueueType.Activity, ReportConfig = true });
        Assert.Equal((0.01f, "slowly"), (described.Config.QueueRateLimit.RateLimit.RequestsPerSecond, described.Config.QueueRateLimit.Metadata.Reason));
        var worker = new HandWorker(again.Client);
        await worker.StartWithActivityAsync("w1");
        await worker.StartWithActivityAsync("w2");
        Assert.Equal("a", (await worker.PollActivityAsync()).ActivityId);

        // The burst of one is used up; the next task waits for a minute and more.
        var second = worker.PollActivityAsync();
        await again.Client.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" } });
        Assert.False(second.IsCompleted);
        await again.Client.WorkflowService.UpdateTaskQueueConfigAsync(new() { Namespace = Ns, TaskQueue = "hand", TaskQueueType = TaskQueueType.Activity, UpdateQueueRateLimit = new() { Reason = "as before" } });
        Assert.Equal("a", (await second).ActivityId);
    }

    [Fact]
    public async Task Workers_Heartbeats_AreListedFilteredAndGoWithShutdown()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await rpc.RecordWorkerHeartbeatAsync(new()
        {
            Namespace = Ns,
            WorkerHeartbeat =
            {
                new Temporalio.Api.Worker.V1.WorkerHeartbeat { WorkerInstanceKey = "k1", WorkerIdentity = "one", TaskQueue = "q", Status = WorkerStatus.Running },
                new Temporalio.Api.Worker.V1.WorkerHeartbeat { WorkerInstanceKey = "k2", WorkerIdentity = "two", TaskQueue = "r", Status = WorkerStatus.Running },
            },
        });
        Assert.Equal(2, (await rpc.CountWorkersAsync(new() { Namespace = Ns })).Count);
        Assert.Equal("two", Assert.Single((await rpc.ListWorkersAsync(new() { Namespace = Ns, Query = "TaskQueue = 'r'" })).Workers).WorkerIdentity);
        var page = await rpc.ListWorkersAsync(new() { Namespace = Ns, PageSize = 1 });
        Assert.Equal("k2", Assert.Single((await rpc.ListWorkersAsync(new() { Namespace = Ns, PageSize = 1, NextPageToken = page.NextPageToken })).Workers).WorkerInstanceKey);
        Assert.Equal("one", (await rpc.DescribeWorkerAsync(new() { Namespace = Ns, WorkerInstanceKey = "k1" })).WorkerInfo.WorkerHeartbeat.WorkerIdentity);
        await rpc.ShutdownWorkerAsync(new() { Namespace = Ns, WorkerHeartbeat = new() { WorkerInstanceKey = "k1", Status = WorkerStatus.Shutdown } });
        var gone = await Assert.ThrowsAsync<RpcException>(() => rpc.DescribeWorkerAsync(new() { Namespace = Ns, WorkerInstanceKey = "k1" }));
        Assert.Equal((RpcException.StatusCode.NotFound, "Worker k1 not found"), (gone.Code, gone.Message));
    }

    [Fact]
    public async Task Namespace_UpdatedDeprecatedDeleted_TakesItsWorkflowsAlong()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await rpc.RegisterNamespaceAsync(new() { Namespace = "own", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(3)), Description = "first" });
        var twice = await Assert.ThrowsAsync<RpcException>(() => rpc.RegisterNamespaceAsync(new() { Namespace = "own", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(3)) }));
        Assert.Equal(RpcException.StatusCode.AlreadyExists, twice.Code);
        await rpc.UpdateNamespaceAsync(new() { Namespace = "own", UpdateInfo = new() { Description = "second" } });
        Assert.Equal("second", (await rpc.DescribeNamespaceAsync(new() { Namespace = "own" })).NamespaceInfo.Description);
        var inside = await TemporalClient.ConnectAsync(new(sdk.Service.Address) { Namespace = "own" });
        await inside.StartWorkflowAsync("Any", [], new("w", "q"));
        await sdk.Client.StartWorkflowAsync("Any", [], new("w", "q"));
        await sdk.Client.OperatorService.DeleteNamespaceAsync(new() { Namespace = "own" });
        var gone = await Assert.ThrowsAsync<RpcException>(() => inside.GetWorkflowHandle("w").DescribeAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
        Assert.Equal("w", (await sdk.Client.GetWorkflowHandle("w").DescribeAsync()).Id);
    }

    /// <summary>Only starts are refused; an update with start is not, by the server's own list of states.</summary>
    [Fact]
    public async Task Namespace_Deprecated_StartsNothingNew()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await rpc.RegisterNamespaceAsync(new() { Namespace = "old", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(3)) });
        var inside = await TemporalClient.ConnectAsync(new(sdk.Service.Address) { Namespace = "old" });
        var handle = await inside.StartWorkflowAsync("Any", [], new("w", "q"));
        await rpc.DeprecateNamespaceAsync(new() { Namespace = "old" });
        foreach (var options in (WorkflowOptions[])[new("v", "q"), new("w", "q") { StartSignal = "s" }])
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => inside.StartWorkflowAsync("Any", [], options));
            Assert.Equal((RpcException.StatusCode.FailedPrecondition, "Namespace has invalid state: Deprecated. Must be Registered."), (refused.Code, refused.Message));
            var detail = refused.GrpcStatus.Value!.Details[0].Unpack<Temporalio.Api.ErrorDetails.V1.NamespaceInvalidStateFailure>();
            Assert.Equal(("old", NamespaceState.Deprecated, NamespaceState.Registered), (detail.Namespace, detail.State, Assert.Single(detail.AllowedStates)));
        }

        await handle.SignalAsync("s", []);
        Assert.Equal(2, (await handle.FetchHistoryAsync()).Events.Count(e => e.EventType is EventType.WorkflowExecutionStarted or EventType.WorkflowExecutionSignaled));
    }
}
