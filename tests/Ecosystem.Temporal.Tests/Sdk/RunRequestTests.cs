using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Requests about runs, field by field, where no recording shows them.</summary>
public sealed class RunRequestTests
{
    private const string Id = "w";

    /// <summary>As recorded from the server: a reset run keeps the request id of its start, so that of a reset is never seen again.</summary>
    [Fact]
    public async Task Reset_SameRequestTwice_ResetsAgain()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = HandWorker.Namespace,
            WorkflowExecution = new() { WorkflowId = Id },
            WorkflowTaskFinishEventId = 4,
            RequestId = "reset",
        };
        var first = await hand.Rpc.ResetWorkflowExecutionAsync(request);
        Assert.NotEqual(first.RunId, (await hand.Rpc.ResetWorkflowExecutionAsync(request)).RunId);
        Assert.Equal(3, await sdk.Client.ListWorkflowsAsync("").CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SignalWithStart_NewRun_HasTheSignalBeforeItsFirstTask()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var handle = await sdk.Client.StartWorkflowAsync("Any", [], new(Id, "hand") { StartSignal = "s", StartSignalArgs = [1] });
        Assert.Equal(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled],
            (await handle.FetchHistoryAsync()).Events.Select(e => e.EventType));
    }

    [Fact]
    public async Task ActivityFailure_AboveTheLimit_EndsTheActivityAndIsCutToItsBeginning()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = new HandWorker(sdk.Client);
        await hand.StartWithActivityAsync(Id);
        await hand.FailAsync(await hand.PollActivityAsync(), new string('x', 2_500_000));
        var failed = (await hand.PollAsync()).History.Events.Single(e => e.EventType == EventType.ActivityTaskFailed).ActivityTaskFailedEventAttributes;
        Assert.Equal(("Failure exceeds size limit.", "Server", RetryState.NonRetryableFailure), (failed.Failure.Message, failed.Failure.Source, failed.RetryState));
        Assert.True(failed.Failure.ServerFailureInfo.NonRetryable);
        Assert.Equal(("T", (512 * 1024) - 1), (failed.Failure.Cause.ApplicationFailureInfo.Type, failed.Failure.Cause.Message.Length));
    }

    [Fact]
    public async Task ActivityFailure_KeptForTheNextAttempt_IsCutAboveFourKilobytes()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = new HandWorker(sdk.Client);
        await hand.StartWithActivityAsync(Id);
        await hand.FailAsync(await hand.PollActivityAsync(), new string('x', 5000));
        var described = await hand.Rpc.DescribeWorkflowExecutionAsync(new() { Namespace = HandWorker.Namespace, Execution = new() { WorkflowId = Id } });
        var pending = described.PendingActivities.Single();
        Assert.Equal((2, "Failure exceeds size limit.", false), (pending.Attempt, pending.LastFailure.Message, pending.LastFailure.ServerFailureInfo.NonRetryable));
        Assert.Equal(2047, pending.LastFailure.Cause.Message.Length);
    }

    [Theory]
    [InlineData(101, 1)]
    [InlineData(3, 1_000_000)]
    public async Task Signals_MoreThanMayWaitForATask_EndIt(int count, int size)
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = new HandWorker(sdk.Client);
        var handle = await sdk.Client.StartWorkflowAsync("ByHand", [], new(Id, "hand"));
        var task = await hand.PollAsync();
        for (var i = 0; i < count; i++)
        {
            await handle.SignalAsync("s", [new string('x', size)]);
        }

        var gone = await Assert.ThrowsAsync<RpcException>(() => hand.CompleteAsync(task));
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
        var events = (await handle.FetchHistoryAsync()).Events.ToList();
        Assert.Equal(
            (EventType.WorkflowTaskFailed, WorkflowTaskFailedCause.ForceCloseCommand, "history-service"),
            (events[3].EventType, events[3].WorkflowTaskFailedEventAttributes.Cause, events[3].WorkflowTaskFailedEventAttributes.Identity));
        Assert.All(events[4..^1], e => Assert.Equal(EventType.WorkflowExecutionSignaled, e.EventType));
        Assert.Equal((count, EventType.WorkflowTaskScheduled), (events.Count - 5, events[^1].EventType));
        Assert.Equal(1, (await hand.PollAsync()).Attempt);
    }

    [Fact]
    public async Task Start_AttachedToTheRunThatIsThere_LeavesAnEventAndIsKnownAgain()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = await IdleAsync(sdk);
        var request = StartRequest("attached");
        request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        request.OnConflictOptions = new() { AttachRequestId = true };
        for (var i = 0; i < 2; i++)
        {
            var response = await hand.Rpc.StartWorkflowExecutionAsync(request);
            Assert.False(response.Started);
            Assert.Equal(("attached", EventType.WorkflowExecutionOptionsUpdated), (response.Link.WorkflowEvent.RequestIdRef.RequestId, response.Link.WorkflowEvent.RequestIdRef.EventType));
        }

        var updated = (await sdk.Client.GetWorkflowHandle(Id).FetchHistoryAsync()).Events.Single(e => e.EventType == EventType.WorkflowExecutionOptionsUpdated);
        Assert.Equal("", updated.WorkflowExecutionOptionsUpdatedEventAttributes.Identity);
    }

    [Theory]
    [InlineData("invalid", "invalid url: unknown scheme: invalid")]
    [InlineData("http://localhost:1/x", "invalid url: url does not match any configured callback address: http://localhost:1/x")]
    public async Task Start_CallbackToAnAddressNobodyAllowed_IsRefused(string url, string message)
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var request = StartRequest("r");
        request.CompletionCallbacks.Add(new Temporalio.Api.Common.V1.Callback { Nexus = new() { Url = url } });
        var error = await Assert.ThrowsAsync<RpcException>(() => new HandWorker(sdk.Client).Rpc.StartWorkflowExecutionAsync(request));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, message), (error.Code, error.Message));
    }

    private static StartWorkflowExecutionRequest StartRequest(string requestId) => new()
    {
        Namespace = HandWorker.Namespace,
        WorkflowId = Id,
        WorkflowType = new() { Name = "ByHand" },
        TaskQueue = new() { Name = "hand" },
        RequestId = requestId,
        Identity = "me",
    };

    private static async Task<HandWorker> IdleAsync(SdkService sdk)
    {
        var hand = new HandWorker(sdk.Client);
        await sdk.Client.StartWorkflowAsync("ByHand", [], new(Id, "hand"));
        await hand.CompleteAsync(await hand.PollAsync());
        return hand;
    }
}
