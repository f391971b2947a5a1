#pragma warning disable CS0612 // The older fields are what most clients send.
using Ecosystem.Temporal.Tests.Sdk;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Batch;

/// <summary>Batch operations: what they do to each target, what they count, and that they end when stopped and only then.</summary>
public sealed class BatchTests
{
    private const string Ns = "default";

    [Fact]
    public async Task Terminate_QueryAlsoMatchesClosedRuns_LeavesThemAlone()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await StartAsync(sdk.Client, 3);
        await sdk.Client.GetWorkflowHandle("w0").TerminateAsync("before");
        var job = await RunAsync(sdk.Client, new() { VisibilityQuery = "TaskQueue = 'none'", TerminationOperation = new() });
        Assert.Equal((BatchOperationState.Completed, 2, 2, 0), (job.State, job.TotalOperationCount, job.CompleteOperationCount, job.FailureOperationCount));
        Assert.Equal("TaskQueue = 'none'", job.Query);
        Assert.Equal("before", (await EventsAsync(sdk.Client, "w0"))[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
        Assert.Equal("all of them", (await EventsAsync(sdk.Client, "w1"))[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
    }

    [Fact]
    public async Task Cancel_OneIsGoneAndOneClosed_CountsThemAsDone()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await StartAsync(sdk.Client, 2);
        await sdk.Client.GetWorkflowHandle("w0").TerminateAsync();
        var job = await RunAsync(sdk.Client, Named(new() { CancellationOperation = new() { Identity = "me" } }, "w0", "w1", "nobody"));
        Assert.Equal((3, 3, 0, "me"), (job.TotalOperationCount, job.CompleteOperationCount, job.FailureOperationCount, job.Identity));
        var requested = (await EventsAsync(sdk.Client, "w1")).Single(e => e.EventType == EventType.WorkflowExecutionCancelRequested);
        Assert.Equal("", requested.WorkflowExecutionCancelRequestedEventAttributes.Cause);
    }

    [Fact]
    public async Task UpdateWorkflowOptions_OneCannotBe_IsCountedAsFailed()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await StartAsync(sdk.Client, 1);
        var request = Named(new() { UpdateWorkflowOptionsOperation = new() { WorkflowExecutionOptions = new() { VersioningOverride = new() { AutoUpgrade = true } } } }, "w0");
        request.UpdateWorkflowOptionsOperation.UpdateMask = new() { Paths = { "versioning_override" } };
        Assert.Equal((1, 0), Counts(await RunAsync(sdk.Client, request)));
        Assert.True((await EventsAsync(sdk.Client, "w0"))[^1].WorkflowExecutionOptionsUpdatedEventAttributes.VersioningOverride.AutoUpgrade);
        request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions.VersioningOverride = new()
        {
            Pinned = new() { Behavior = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior.Pinned, Version = new() { DeploymentName = "none", BuildId = "none" } },
        };
        Assert.Equal((0, 1), Counts(await RunAsync(sdk.Client, request)));
    }

    [Fact]
    public async Task Reset_ToFirstAndLastTask_StartsRunsThatTakeSignalsAgain()
    {
        await using var sdk = await SdkService.StartAsync();
        var handle = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("w", "q"));
        await handle.SignalAsync(workflow => workflow.AddAsync(4));
        Assert.Equal(5, await handle.QueryAsync(workflow => workflow.Count));
        foreach (var type in (ResetType[])[ResetType.FirstWorkflowTask, ResetType.LastWorkflowTask])
        {
            var before = (await handle.DescribeAsync()).RunId;
            Assert.Equal((1, 0), Counts(await RunAsync(sdk.Client, Named(new() { ResetOperation = new() { ResetType = type } }, "w"))));
            Assert.NotEqual(before, (await handle.DescribeAsync()).RunId);
            Assert.Equal(5, await handle.QueryAsync(workflow => workflow.Count));
        }

        Assert.Equal((0, 1), Counts(await RunAsync(sdk.Client, Named(new() { ResetOperation = new() { Options = new() { BuildId = "none" } } }, "w"))));
    }

    [Fact]
    public async Task Activities_UnpausedResetAndChangedByType_AreOnEachTarget()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var worker = new HandWorker(sdk.Client);
        await worker.StartWithActivityAsync("w1");
        await worker.StartWithActivityAsync("w2", attributes => attributes.ActivityType.Name = "Other");
        foreach (var id in (string[])["w1", "w2"])
        {
            await sdk.Client.WorkflowService.PauseActivityAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = id }, Id = "a" });
        }

        // Of the two that are paused only one is of the type.
        var unpaused = await RunAsync(sdk.Client, new() { VisibilityQuery = "TaskQueue = 'hand'", UnpauseActivitiesOperation = new() { Type = "A" } });
        Assert.Equal((1, 0), Counts(unpaused));
        Assert.False((await PendingAsync(sdk.Client, "w1")).Paused);
        Assert.True((await PendingAsync(sdk.Client, "w2")).Paused);
        Assert.Equal((1, 0), Counts(await RunAsync(sdk.Client, new() { VisibilityQuery = "TaskQueue = 'hand'", UnpauseActivitiesOperation = new() { MatchAll = true } })));
        Assert.False((await PendingAsync(sdk.Client, "w2")).Paused);

        var update = Named(new() { UpdateActivityOptionsOperation = new() { MatchAll = true, ActivityOptions = new() { HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) } } }, "w1", "w2");
        update.UpdateActivityOptionsOperation.UpdateMask = new() { Paths = { "heartbeat_timeout" } };
        Assert.Equal((2, 0), Counts(await RunAsync(sdk.Client, update)));
        Assert.Equal(7, (await PendingAsync(sdk.Client, "w2")).ActivityOptions.HeartbeatTimeout.Seconds);

        await worker.FailAsync(await worker.PollActivityAsync());
        await worker.FailAsync(await worker.PollActivityAsync());
        Assert.Equal(2, (await PendingAsync(sdk.Client, "w1")).Attempt);
        var reset = Named(new() { ResetActivitiesOperation = new() { Type = "A", RestoreOriginalOptions = true } }, "w1", "w2");

        // A workflow that has none of the type is as one that is gone.
        Assert.Equal((2, 0), Counts(await RunAsync(sdk.Client, reset)));
        var (first, second) = (await PendingAsync(sdk.Client, "w1"), await PendingAsync(sdk.Client, "w2"));
        Assert.Equal((1, 0, 2, 7), (first.Attempt, first.ActivityOptions.HeartbeatTimeout.Seconds, second.Attempt, second.ActivityOptions.HeartbeatTimeout.Seconds));
    }

    [Fact]
    public async Task StandaloneActivities_CanceledTerminatedDeleted_ByQueryAndByTarget()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        foreach (var id in (string[])["a1", "a2", "a3"])
        {
            await sdk.Client.WorkflowService.StartActivityExecutionAsync(new()
            {
                Namespace = Ns,
                ActivityId = id,
                ActivityType = new() { Name = "A" },
                TaskQueue = new() { Name = "none" },
                StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
                RequestId = id,
            });
        }

        var one = new Execution { Type = ExecutionType.Activity, BusinessId = "a1" };
        var canceled = await RunAsync(sdk.Client, new() { TargetExecutions = { one }, CancelActivitiesOperation = new() { Reason = "no need" } });
        Assert.Equal((1, 0, one), (canceled.CompleteOperationCount, canceled.FailureOperationCount, Assert.Single(canceled.Executions)));
        Assert.Equal(BatchOperationType.CancelActivity, canceled.OperationType);
        Assert.Equal(ActivityExecutionStatus.Canceled, await StatusAsync("a1"));
        var terminated = await RunAsync(sdk.Client, new() { VisibilityQuery = "ActivityType = 'A'", TerminateActivitiesOperation = new() { Reason = "enough" } });
        Assert.Equal((2, 0), Counts(terminated));
        Assert.Equal(ActivityExecutionStatus.Terminated, await StatusAsync("a2"));
        Assert.Equal((3, 0), Counts(await RunAsync(sdk.Client, new() { VisibilityQuery = "ActivityType = 'A'", DeleteActivitiesOperation = new() })));
        while ((await sdk.Client.WorkflowService.CountActivityExecutionsAsync(new() { Namespace = Ns })).Count > 0)
        {
            await Task.Yield();
        }

        async Task<ActivityExecutionStatus> StatusAsync(string id) =>
            (await sdk.Client.WorkflowService.DescribeActivityExecutionAsync(new() { Namespace = Ns, ActivityId = id })).Info.Status;
    }

    [Fact]
    public async Task Stop_JobRuns_EndsItAndLeavesTheRest()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { BatchOperationsPerSecond = 1 });
        var client = await TemporalClient.ConnectAsync(new(service.Address));
        await StartAsync(client, 20);
        var request = Complete(new() { VisibilityQuery = "TaskQueue = 'none'", SignalOperation = new() { Signal = "s" } });
        await client.WorkflowService.StartBatchOperationAsync(request);
        var running = await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = request.JobId });
        Assert.Equal((BatchOperationState.Running, null), (running.State, running.CloseTime));

        var second = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartBatchOperationAsync(Complete(request)));
        Assert.Equal((RpcException.StatusCode.ResourceExhausted, "Max concurrent batch operations is reached"), (second.Code, second.Message));
        var detail = second.GrpcStatus.Value!.Details[0].Unpack<ResourceExhaustedFailure>();
        Assert.Equal(ResourceExhaustedCause.ConcurrentLimit, detail.Cause);

        await client.WorkflowService.StopBatchOperationAsync(new() { Namespace = Ns, JobId = request.JobId, Reason = "enough" });
        var stopped = await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = request.JobId });
        Assert.Equal((BatchOperationState.Failed, 0), (stopped.State, stopped.TotalOperationCount));
        Assert.NotNull(stopped.CloseTime);
        Assert.Equal(BatchOperationState.Failed, Assert.Single((await client.WorkflowService.ListBatchOperationsAsync(new() { Namespace = Ns })).OperationInfo).State);

        // It was far from its end, as the next job says: that one may start now.
        Assert.Equal((1, 0), Counts(await RunAsync(client, Named(new() { TerminationOperation = new() }, "w19"))));
        var signalled = 0;
        for (var i = 0; i < 20; i++)
        {
            signalled += (await EventsAsync(client, $"w{i}")).Count(e => e.EventType == EventType.WorkflowExecutionSignaled);
        }

        Assert.InRange(signalled, 0, 10);
        var again = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StopBatchOperationAsync(new() { Namespace = Ns, JobId = request.JobId, Reason = "enough" }));
        Assert.Equal((RpcException.StatusCode.NotFound, "workflow execution already completed"), (again.Code, again.Message));
    }

    [Fact]
    public async Task Restart_JobWasRunning_GoesOnAndSignalsEachOnce()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("batch-").FullName, "t.db");
        var request = Complete(Named(new() { SignalOperation = new() { Signal = "s" } }, [.. Enumerable.Range(0, 12).Select(i => $"w{i}")]));
        await using (var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file, BatchOperationsPerSecond = 1 }))
        {
            var client = await TemporalClient.ConnectAsync(new(service.Address));
            await StartAsync(client, 12);
            await client.WorkflowService.StartBatchOperationAsync(request);
            while (!(await Task.WhenAll(Enumerable.Range(0, 12).Select(i => EventsAsync(client, $"w{i}")))).Any(events => events.Any(e => e.EventType == EventType.WorkflowExecutionSignaled)))
            {
                await Task.Yield();
            }
        }

        await using var next = await EmbeddedTemporal.StartAsync(new() { DataFile = file, BatchOperationsPerSecond = 1000 });
        var after = await TemporalClient.ConnectAsync(new(next.Address));
        var job = await EndAsync(after, request.JobId);
        Assert.Equal((BatchOperationState.Completed, 12, 12), (job.State, job.TotalOperationCount, job.CompleteOperationCount));
        for (var i = 0; i < 12; i++)
        {
            Assert.Single(await EventsAsync(after, $"w{i}"), e => e.EventType == EventType.WorkflowExecutionSignaled);
        }

        var twice = await Assert.ThrowsAsync<RpcException>(() => after.WorkflowService.StartBatchOperationAsync(request));
        Assert.Equal(RpcException.StatusCode.AlreadyExists, twice.Code);
        Assert.StartsWith($"Workflow execution already finished. WorkflowId: {request.JobId}, RunId: ", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_EndedLongerAgoThanRetention_IsForgotten()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var sdk = await SdkService.StartAsync(clock, worker: false);
        await StartAsync(sdk.Client, 1);
        var job = await RunAsync(sdk.Client, Named(new() { TerminationOperation = new() }, "w0"));
        clock.Advance(TimeSpan.FromDays(2));
        await Assert.ThrowsAsync<RpcException>(() => sdk.Client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = job.JobId }));
        Assert.Empty((await sdk.Client.WorkflowService.ListBatchOperationsAsync(new() { Namespace = Ns })).OperationInfo);
    }

    [Theory]
    [InlineData("""{"updateWorkflowOptionsOperation": {}}""", "must provide UpdateOptions")]
    [InlineData("""{"updateWorkflowOptionsOperation": {"workflowExecutionOptions": {}}}""", "must provide UpdateMask")]
    [InlineData("""{"unpauseActivitiesOperation": {}}""", "activity filter must be set")]
    [InlineData("""{"unpauseActivitiesOperation": {"type": ""}}""", "Either activity type must be set, or match all should be set to true")]
    [InlineData("""{"unpauseActivitiesOperation": {"matchAll": false}}""", "Either activity type must be set, or match all should be set to true")]
    [InlineData("""{"resetActivitiesOperation": {}}""", "must provide ActivityType or MatchAll")]
    [InlineData("""{"updateActivityOptionsOperation": {}}""", "Either activity type must be set, or restore original should be set to true")]
    [InlineData("""{"updateActivityOptionsOperation": {"restoreOriginal": true, "activityOptions": {}}}""", "cannot set both activity options and restore original")]
    [InlineData("""{"terminateActivitiesOperation": {}}""", "executions name workflows; name activities in target_executions")]
    public async Task Start_OperationIncomplete_IsRefused(string json, string message)
    {
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await TemporalClient.ConnectAsync(new(service.Address));
        var request = Named(StartBatchOperationRequest.Parser.ParseJson(json), "w");
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartBatchOperationAsync(Complete(request)));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, message), (refused.Code, refused.Message));
    }

    private static (long Completed, long Failed) Counts(DescribeBatchOperationResponse job) => (job.CompleteOperationCount, job.FailureOperationCount);

    private static StartBatchOperationRequest Named(StartBatchOperationRequest request, params string[] ids)
    {
        request.Executions.AddRange(ids.Select(id => new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = id }));
        return request;
    }

    /// <summary>The request with a job of its own.</summary>
    private static StartBatchOperationRequest Complete(StartBatchOperationRequest request)
    {
        var complete = request.Clone();
        (complete.Namespace, complete.JobId, complete.Reason) = (Ns, Guid.NewGuid().ToString(), "all of them");
        return complete;
    }

    private static async Task StartAsync(TemporalClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await client.StartWorkflowAsync("Any", [], new($"w{i}", "none"));
        }
    }

    private static async Task<DescribeBatchOperationResponse> RunAsync(TemporalClient client, StartBatchOperationRequest request)
    {
        var complete = Complete(request);
        await client.WorkflowService.StartBatchOperationAsync(complete);
        return await EndAsync(client, complete.JobId);
    }

    private static async Task<DescribeBatchOperationResponse> EndAsync(TemporalClient client, string jobId)
    {
        while (true)
        {
            var job = await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = jobId });
            if (job.State != BatchOperationState.Running)
            {
                return job;
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<IReadOnlyList<Temporalio.Api.History.V1.HistoryEvent>> EventsAsync(TemporalClient client, string id) =>
        [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events];

    private static async Task<Temporalio.Api.Workflow.V1.PendingActivityInfo> PendingAsync(TemporalClient client, string id) =>
        Assert.Single((await client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = id } })).PendingActivities);
}
