using Ecosystem.Temporal.Tests.Sdk;
using Ecosystem.Temporal.Tests.Survival;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Operations;

/// <summary>A run that would need too much room ends, in the server's words.</summary>
public sealed class SizeLimitTests
{
    private const string StateTooLarge = "Workflow mutable state size exceeds limit.";

    [Fact]
    public async Task Signal_MoreWaitsForTheTaskThanTheStateMayHave_TerminatesTheRunInstead()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { HistoryLimits = new() { MaximumStateBytes = 31_000 } });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var worker = new HandWorker(client);
        var handle = await client.StartWorkflowAsync("ByHand", [], new("buffered", "hand"));
        await worker.PollAsync();
        for (var i = 0; i < 4; i++)
        {
            await handle.SignalAsync("s", [new byte[7_000]]);
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() => handle.SignalAsync("s", [new byte[7_000]]));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, StateTooLarge), (refused.Code, refused.Message));
        var events = (await handle.FetchHistoryAsync()).Events.ToList();
        Assert.Equal(
            [.. Enumerable.Repeat(EventType.WorkflowExecutionSignaled, 4), EventType.WorkflowExecutionTerminated],
            events.TakeLast(5).Select(e => e.EventType));
        Assert.Equal(WorkflowTaskFailedCause.ForceCloseCommand, events[^6].WorkflowTaskFailedEventAttributes.Cause);
        Assert.Equal((StateTooLarge, "history-service"), (events[^1].WorkflowExecutionTerminatedEventAttributes.Reason, events[^1].WorkflowExecutionTerminatedEventAttributes.Identity));
    }

    [Fact]
    public async Task Heartbeat_DetailsOfAllActivitiesAreMoreThanTheStateMayHave_TerminatesTheRunInstead()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { HistoryLimits = new() { MaximumStateBytes = 10_000 } });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var worker = new HandWorker(client);
        var handle = await worker.StartWithActivityAsync("heartbeats");
        var attempt = await worker.PollActivityAsync();
        await HeartbeatAsync(9_000);
        await HeartbeatAsync(9_000);
        var refused = await Assert.ThrowsAsync<RpcException>(() => HeartbeatAsync(10_001));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, StateTooLarge), (refused.Code, refused.Message));
        Assert.Equal(StateTooLarge, (await handle.FetchHistoryAsync()).Events.Last().WorkflowExecutionTerminatedEventAttributes.Reason);

        Task HeartbeatAsync(int bytes) => worker.Rpc.RecordActivityTaskHeartbeatAsync(new()
        {
            Namespace = HandWorker.Namespace,
            TaskToken = attempt.TaskToken,
            Details = PayloadsOf(bytes),
        });
    }

    [Fact]
    public async Task WorkflowTask_CompletedWithMoreThanOneChangeMayHave_TerminatesTheRun()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new() { HistoryLimits = new() { MaximumChangeBytes = 10_000 } });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var worker = new HandWorker(client);
        var handle = await client.StartWorkflowAsync("ByHand", [], new("change", "hand"));
        await worker.CompleteAsync(await worker.PollAsync(), Marker(4_000), Marker(4_000));
        await handle.SignalAsync("again", []);
        var task = await worker.PollAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.CompleteAsync(task, Marker(4_000), Marker(4_000), Marker(4_000)));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.Matches("^transaction size of 12[0-9]{3} bytes exceeds limit of 10000 bytes$", refused.Message);
        var events = (await handle.FetchHistoryAsync()).Events.ToList();
        Assert.Equal([EventType.WorkflowTaskStarted, EventType.WorkflowTaskFailed, EventType.WorkflowExecutionTerminated], events.TakeLast(3).Select(e => e.EventType));
        Assert.Equal(WorkflowTaskFailedCause.ForceCloseCommand, events[^2].WorkflowTaskFailedEventAttributes.Cause);
        var terminated = events[^1].WorkflowExecutionTerminatedEventAttributes;
        Assert.Equal("Transaction size exceeds limit.", terminated.Reason);
        Assert.Equal($"\"{refused.Message}\"", terminated.Details.Payloads_[0].Data.ToStringUtf8());
        Assert.Equal("json/plain", terminated.Details.Payloads_[0].Metadata["encoding"].ToStringUtf8());
    }

    private static Command Marker(int bytes) => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new() { MarkerName = "m", Details = { ["d"] = PayloadsOf(bytes) } },
    };

    private static Payloads PayloadsOf(int bytes) => new() { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[bytes]) } } };
}
