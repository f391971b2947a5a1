using Ecosystem.Temporal.Tests.Sdk;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Administration;

/// <summary>Activities without a workflow, and what operators do to them.</summary>
public sealed class StandaloneActivityTests
{
    private const string Ns = "default";

    [Fact]
    public async Task Start_WorkerCompletesIt_GivesItsResultAndIsCounted()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var started = await StartAsync(sdk.Client, "a1");
        await StartAsync(sdk.Client, "a2");
        Assert.True(started.Started);
        Assert.False((await StartAsync(sdk.Client, "a1")).Started);
        Assert.Equal(2, await CountAsync(sdk.Client, "ActivityType = 'A' AND ExecutionStatus = 'Running'"));
        var task = await new HandWorker(sdk.Client).PollActivityAsync();
        Assert.Equal(("a1", started.RunId), (task.ActivityId, task.ActivityRunId));
        await sdk.Client.WorkflowService.RespondActivityTaskCompletedAsync(new()
        {
            Namespace = Ns,
            TaskToken = task.TaskToken,
            Result = new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8("42") } } },
        });
        var outcome = await sdk.Client.WorkflowService.PollActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "a1" });
        Assert.Equal("42", outcome.Outcome.Result.Payloads_[0].Data.ToStringUtf8());
        Assert.Equal(1, await CountAsync(sdk.Client, "ExecutionStatus = 'Running'"));
        var groups = (await sdk.Client.WorkflowService.CountActivityExecutionsAsync(new() { Namespace = Ns, Query = "GROUP BY ExecutionStatus" })).Groups;
        Assert.Equal([1L, 1], groups.Select(group => group.Count));
    }

    [Fact]
    public async Task Pause_BeforeAWorkerTakesIt_HoldsItUntilUnpaused()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await StartAsync(sdk.Client, "held");
        await rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "held", RequestId = "p", Identity = "me" });
        await rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "held", RequestId = "p", Identity = "me" });
        var twice = await Assert.ThrowsAsync<RpcException>(() => rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "held", RequestId = "other" }));
        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "activity is already paused"), (twice.Code, twice.Message));
        var held = await DescribeAsync(sdk.Client, "held");
        Assert.Equal((PendingActivityState.Paused, ActivityExecutionStatus.Paused), (held.RunState, held.Status));
        Assert.Equal(1, await CountAsync(sdk.Client, "ExecutionStatus = 'Paused'"));

        // Another one passes it.
        await StartAsync(sdk.Client, "free");
        var worker = new HandWorker(sdk.Client);
        Assert.Equal("free", (await worker.PollActivityAsync()).ActivityId);
        await rpc.UnpauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "held" });
        Assert.Equal("held", (await worker.PollActivityAsync()).ActivityId);
    }

    [Fact]
    public async Task StartDelay_StillLasts_IsChangedAndOutlivesAPause()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var sdk = await SdkService.StartAsync(clock, worker: false);
        var rpc = sdk.Client.WorkflowService;
        await StartAsync(sdk.Client, "late", TimeSpan.FromHours(1));
        await ChangeDelayAsync(2);
        await rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "late" });
        Assert.Equal("cannot update start_delay: activity is no longer in its delay window", (await Assert.ThrowsAsync<RpcException>(() => ChangeDelayAsync(3))).Message);
        await rpc.UnpauseActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "late" });
        Assert.Equal(ActivityExecutionStatus.Running, (await DescribeAsync(sdk.Client, "late")).Status);
        Assert.Equal(clock.GetUtcNow().AddHours(2), sdk.Service.NextDueTime);
        clock.AdvanceTo(clock.GetUtcNow().AddHours(2));
        Assert.Equal("late", (await new HandWorker(sdk.Client).PollActivityAsync()).ActivityId);
        Assert.Equal("temporal-dotnet", (await DescribeAsync(sdk.Client, "late")).SdkName);

        Task ChangeDelayAsync(int hours) => rpc.UpdateActivityExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            ActivityId = "late",
            ActivityOptions = new() { StartDelay = Duration.FromTimeSpan(TimeSpan.FromHours(hours)) },
            UpdateMask = new() { Paths = { "start_delay" } },
        });
    }

    [Fact]
    public async Task CompleteById_NobodyTookIt_EndsIt()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await StartAsync(sdk.Client, "a");
        await new HandWorker(sdk.Client).StartWithActivityAsync("w");
        await rpc.RespondActivityTaskCompletedByIdAsync(new() { Namespace = Ns, ActivityId = "a", Identity = "me" });
        Assert.Equal(ActivityExecutionStatus.Completed, (await DescribeAsync(sdk.Client, "a")).Status);
        var failed = await Assert.ThrowsAsync<RpcException>(() => rpc.RespondActivityTaskFailedByIdAsync(
            new() { Namespace = Ns, WorkflowId = "w", ActivityId = "a", Failure = new() { ApplicationFailureInfo = new() } }));
        Assert.Equal(RpcException.StatusCode.NotFound, failed.Code);
        await rpc.RespondActivityTaskCompletedByIdAsync(new() { Namespace = Ns, WorkflowId = "w", ActivityId = "a", Identity = "me" });
        var events = (await new HandWorker(sdk.Client).PollAsync()).History.Events;
        var started = Assert.Single(events, e => e.EventType == EventType.ActivityTaskStarted);
        Assert.Equal(("me", 1), (started.ActivityTaskStartedEventAttributes.Identity, started.ActivityTaskStartedEventAttributes.Attempt));
        Assert.Equal(started.EventId, Assert.Single(events, e => e.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes.StartedEventId);
    }

    [Fact]
    public async Task Reset_InALaterAttempt_BeginsAnewWithItsFirstOptions()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await StartAsync(sdk.Client, "a");
        var worker = new HandWorker(sdk.Client);
        var task = await worker.PollActivityAsync();
        var updated = await rpc.UpdateActivityExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            ActivityId = "a",
            ActivityOptions = new() { HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(9)) },
            UpdateMask = new() { Paths = { "heartbeat_timeout" } },
        });
        Assert.Equal((9, 60), (updated.ActivityOptions.HeartbeatTimeout.Seconds, updated.ActivityOptions.StartToCloseTimeout.Seconds));
        await worker.FailAsync(task);
        task = await worker.PollActivityAsync();
        Assert.Equal((2, 9), (task.Attempt, task.HeartbeatTimeout.Seconds));
        await rpc.ResetActivityExecutionAsync(new() { Namespace = Ns, ActivityId = "a", RestoreOriginalOptions = true });
        Assert.True((await rpc.RecordActivityTaskHeartbeatAsync(new() { Namespace = Ns, TaskToken = task.TaskToken })).ActivityReset);
        await worker.FailAsync(task);
        task = await worker.PollActivityAsync();
        Assert.Equal((1, 0), (task.Attempt, task.HeartbeatTimeout.Seconds));
    }

    [Fact]
    public async Task Operations_ActivityOfAWorkflow_ReachIt()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        await new HandWorker(sdk.Client).StartWithActivityAsync("w");
        await rpc.PauseActivityExecutionAsync(new() { Namespace = Ns, WorkflowId = "w", ActivityId = "a", Reason = "wait" });
        var paused = await PendingAsync(sdk.Client, "w");
        Assert.Equal((PendingActivityState.Paused, "wait"), (paused.State, paused.PauseInfo.Manual.Reason));
        await rpc.ResetActivityExecutionAsync(new() { Namespace = Ns, WorkflowId = "w", ActivityId = "a", KeepPaused = true });
        Assert.True((await PendingAsync(sdk.Client, "w")).Paused);
        await rpc.UnpauseActivityExecutionAsync(new() { Namespace = Ns, WorkflowId = "w", ActivityId = "a" });
        Assert.False((await PendingAsync(sdk.Client, "w")).Paused);
        var updated = await rpc.UpdateActivityExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            WorkflowId = "w",
            ActivityId = "a",
            ActivityOptions = new() { TaskQueue = new() { Name = "elsewhere" } },
            UpdateMask = new() { Paths = { "task_queue.name" } },
        });
        Assert.Equal("elsewhere", updated.ActivityOptions.TaskQueue.Name);
        Assert.Equal("a", (await new HandWorker(sdk.Client, "elsewhere").PollActivityAsync()).ActivityId);
    }

    [Fact]
    public async Task Restart_ActivityWaits_IsGivenToAWorkerAgain()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("activities-").FullName, "t.db");
        await using (var sdk = await SdkService.StartAsync(dataFile: file, worker: false))
        {
            await StartAsync(sdk.Client, "a");
        }

        await using var again = await SdkService.StartAsync(dataFile: file, worker: false);
        Assert.Equal("a", (await new HandWorker(again.Client).PollActivityAsync()).ActivityId);
        await StartAsync(again.Client, "b");
        Assert.Equal(2, await CountAsync(again.Client, ""));
    }

    private static Task<StartActivityExecutionResponse> StartAsync(TemporalClient client, string id, TimeSpan delay = default) => client.WorkflowService.StartActivityExecutionAsync(new()
    {
        StartDelay = Duration.FromTimeSpan(delay),
        Namespace = Ns,
        ActivityId = id,
        ActivityType = new() { Name = "A" },
        TaskQueue = new() { Name = "hand" },
        StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        RetryPolicy = new() { InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) },
        RequestId = id,
    });

    private static async Task<long> CountAsync(TemporalClient client, string query) =>
        (await client.WorkflowService.CountActivityExecutionsAsync(new() { Namespace = Ns, Query = query })).Count;

    private static async Task<Temporalio.Api.Activity.V1.ActivityExecutionInfo> DescribeAsync(TemporalClient client, string id) =>
        (await client.WorkflowService.DescribeActivityExecutionAsync(new() { Namespace = Ns, ActivityId = id })).Info;

    private static async Task<Temporalio.Api.Workflow.V1.PendingActivityInfo> PendingAsync(TemporalClient client, string id) =>
        Assert.Single((await client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = id } })).PendingActivities);
}
