using Google.Protobuf;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>What the SDKs' own suites rely on and neither the recordings nor the other tests show.</summary>
public sealed class SuiteExpectationTests
{
    private const string Ns = HandWorker.Namespace;

    [Fact]
    public async Task BuildIds_OfWorkersWithoutDeployments_AreListedAndCanBeResetTo()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var handle = await sdk.Client.StartWorkflowAsync((BuildWorkflow workflow) => workflow.RunAsync(), new("w", "q"));
        await WithBuildAsync(sdk.Client, "1.0", async () => Assert.Equal("1.0", await handle.QueryAsync(workflow => workflow.Build)));
        await sdk.Client.WorkflowService.ResetStickyTaskQueueAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "w" } });
        await WithBuildAsync(sdk.Client, "1.1+x", async () =>
        {
            Assert.Equal("1.0", await handle.QueryAsync(workflow => workflow.Build));
            await handle.SignalAsync(workflow => workflow.FinishAsync());
            await handle.GetResultAsync();
            Assert.Equal("1.1+x", await handle.QueryAsync(workflow => workflow.Build));
        });
        var description = await handle.DescribeAsync();
        Assert.Equal(["unversioned", "unversioned:1.0", "unversioned:1.1+x"], description.TypedSearchAttributes.Get(SearchAttributeKey.CreateKeywordList("BuildIds")));
        Assert.Equal(1, (await sdk.Client.CountWorkflowsAsync("BuildIds = 'unversioned:1.0' AND BuildIds = 'unversioned:1.1+x'")).Count);
        var info = (await new HandWorker(sdk.Client).DescribeAsync("w")).WorkflowExecutionInfo;
        Assert.Equal(["1.0", "1.1+x"], info.AutoResetPoints.Points.Select(point => point.BuildId));
#pragma warning disable CS0612 // Clients still show it.
        Assert.Equal("1.1+x", info.MostRecentWorkerVersionStamp.BuildId);
#pragma warning restore CS0612
    }

    [Fact]
    public async Task TaskToken_MadeByAnotherServer_NamesAnActivityThatIsNotHere()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var id = (await sdk.Client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = Ns })).NamespaceInfo.Id;
        Assert.Equal(RpcException.StatusCode.NotFound, (await CompleteAsync(sdk.Client, Ns, Token(id))).Code);
        var elsewhere = await CompleteAsync(sdk.Client, Ns, Token(Guid.Empty.ToString()));
        Assert.Equal((RpcException.StatusCode.NotFound, $"Namespace {Guid.Empty} is not found."), (elsewhere.Code, elsewhere.Message));
        var garbled = await CompleteAsync(sdk.Client, Ns, ByteString.CopyFrom(1));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, "Error deserializing task token."), (garbled.Code, garbled.Message));
        Assert.Equal("Namespace nowhere is not found.", (await CompleteAsync(sdk.Client, "nowhere", ByteString.CopyFrom(1))).Message);
    }

    [Fact]
    public async Task Update_BeforeADelayedStart_BringsTheFirstTask()
    {
        await using var sdk = await SdkService.StartAsync();
        var handle = await sdk.Client.StartWorkflowAsync(
            (CounterWorkflow workflow) => workflow.RunAsync(1), new("w", "q") { StartDelay = TimeSpan.FromDays(10_000) });
        Assert.Equal(2, await handle.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(2)));
        Assert.Equal(3, await handle.QueryAsync(workflow => workflow.Count));
    }

    [Fact]
    public async Task Update_RejectedBeforeADelayedStart_HasBroughtTheOnlyFirstTask()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var sdk = await SdkService.StartAsync(clock);
        var handle = await sdk.Client.StartWorkflowAsync(
            (CounterWorkflow workflow) => workflow.RunAsync(1), new("w", "q") { StartDelay = TimeSpan.FromHours(1) });
        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.AddSlowlyAsync(-1)));
        await sdk.SkipToAsync(clock.GetUtcNow().AddHours(2));
        Assert.Equal(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted],
            (await handle.FetchHistoryAsync()).Events.Select(e => e.EventType));
    }

    [Fact]
    public async Task PausedActivity_ThatFails_KeepsItsLastHeartbeatForLater()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var hand = new HandWorker(sdk.Client);
        await hand.StartWithActivityAsync("w");
        var task = await hand.PollActivityAsync();
        await hand.Rpc.PauseActivityAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "w" }, Type = "A", Reason = "wait" });
        await hand.Rpc.RespondActivityTaskFailedAsync(new()
        {
            Namespace = Ns,
            TaskToken = task.TaskToken,
            Failure = new() { Message = "paused", ApplicationFailureInfo = new() },
            LastHeartbeatDetails = new() { Payloads_ = { new Temporalio.Api.Common.V1.Payload { Data = ByteString.CopyFromUtf8("post") } } },
        });
        var pending = Assert.Single((await hand.DescribeAsync("w")).PendingActivities);
        Assert.Equal((true, "post"), (pending.Paused, pending.HeartbeatDetails.Payloads_[0].Data.ToStringUtf8()));
        await hand.Rpc.UnpauseActivityAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "w" }, Type = "A" });
        Assert.Equal("post", (await hand.PollActivityAsync()).HeartbeatDetails.Payloads_[0].Data.ToStringUtf8());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task StandaloneActivity_Ended_ShowsWhatItSaidAndWhyItFailed(int attempts)
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        using var worker = new TemporalWorker(sdk.Client, new TemporalWorkerOptions("q").AddActivity(BeatAndFailOnce));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await sdk.Client.StartActivityAsync(
                "BeatAndFailOnce",
                ["input"],
                new("a", "q") { ScheduleToCloseTimeout = TimeSpan.FromMinutes(5), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(1), MaximumAttempts = attempts }, Summary = "short", StaticDetails = "long" });
            if (attempts == 1)
            {
                await Assert.ThrowsAsync<ActivityFailedException>(() => handle.GetResultAsync());
            }
            else
            {
                await handle.GetResultAsync();
            }

            var bare = await handle.DescribeAsync();
            Assert.False(bare.HasInput || bare.HasResult || bare.HasOutcomeFailure || bare.HasHeartbeatDetails || bare.HasLastFailure);
            Assert.Equal(("short", "long"), (await bare.GetSummaryAsync(), await bare.GetStaticDetailsAsync()));
            var whole = await handle.DescribeAsync(new() { IncludeInput = true, IncludeOutcome = true, IncludeHeartbeatDetails = true, IncludeLastFailure = true });
            Assert.Equal((true, attempts == 2, attempts == 1, true, true), (whole.HasInput, whole.HasResult, whole.HasOutcomeFailure, whole.HasHeartbeatDetails, whole.HasLastFailure));
            Assert.Equal("first attempt", (await whole.GetLastFailureAsync())!.Message);
        });
    }

    [Activity]
    public static string BeatAndFailOnce(string input)
    {
        var context = ActivityExecutionContext.Current;
        context.Heartbeat("details");
        return context.Info.Attempt == 1 ? throw new ApplicationFailureException("first attempt") : input;
    }

    private static async Task<RpcException> CompleteAsync(TemporalClient client, string ns, ByteString token) => await Assert.ThrowsAsync<RpcException>(
        () => client.WorkflowService.RespondActivityTaskCompletedAsync(new() { Namespace = ns, TaskToken = token }));

    /// <summary>The fields of a server's token by their numbers: namespace id, workflow, run, scheduled event, attempt, activity id and type.</summary>
    private static ByteString Token(string namespaceId)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var (field, text) in (IEnumerable<(int, string)>)[(1, namespaceId), (2, "c787f7af"), (3, "33fe12c8-be49-41a2-8abd-1765496ede9e")])
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteString(text);
            }

            foreach (var (field, number) in (IEnumerable<(int, long)>)[(4, 5), (5, 1)])
            {
                output.WriteTag(field, WireFormat.WireType.Varint);
                output.WriteInt64(number);
            }

            foreach (var (field, text) in (IEnumerable<(int, string)>)[(6, "1"), (8, "completeAsync")])
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteString(text);
            }
        }

        return ByteString.CopyFrom(stream.ToArray());
    }

    /// <summary>Runs a worker that says its build, without deployments.</summary>
    private static async Task WithBuildAsync(TemporalClient client, string build, Func<Task> test)
    {
#pragma warning disable CS0618 // What workers outside of deployments use.
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("q") { BuildId = build }.AddWorkflow<BuildWorkflow>());
#pragma warning restore CS0618
        await worker.ExecuteAsync(test);
    }

    [Workflow]
    public class BuildWorkflow
    {
        private bool _done;

        [WorkflowQuery]
        public string Build => Workflow.CurrentBuildId;

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => _done);

        [WorkflowSignal]
        public Task FinishAsync()
        {
            _done = true;
            return Task.CompletedTask;
        }
    }
}
