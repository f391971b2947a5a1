using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Api.Enums.V1;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>What a worker had begun that ended with the process of the service.</summary>
public sealed class EndedWorkerTests
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("ended-worker-").FullName, "t.db");
    private readonly VirtualClock _clock = new(new DateTimeOffset(2017, 1, 5, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Start_ActivityOfInProcessWorker_IsTriedAgainThoughNoTimePasses()
    {
        await BeginActivityAsync();
        await using var service = await StartAsync("hand");
        var again = await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).PollActivityAsync();
        Assert.Equal((2, "A"), (again.Attempt, again.ActivityType.Name));
        await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).CompleteActivityAsync(again);
        Assert.Equal(1, (await PollTaskAsync(service)).Attempt);
    }

    [Fact]
    public async Task Start_ActivityOfInProcessWorkerWithOneAttempt_HasTimedOut()
    {
        await BeginActivityAsync(maximumAttempts: 1);
        await using var service = await StartAsync("hand");
        var task = await PollTaskAsync(service);
        var timedOut = task.History.Events.Single(e => e.EventType == EventType.ActivityTaskTimedOut).ActivityTaskTimedOutEventAttributes;
        Assert.Equal((TimeoutType.StartToClose, RetryState.MaximumAttemptsReached), (timedOut.Failure.TimeoutFailureInfo.TimeoutType, timedOut.RetryState));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task Start_ActivityOfOtherWorker_HasUntilItsOwnTimeOut(string? inProcess)
    {
        var token = await BeginActivityAsync();
        await using var service = await StartAsync(inProcess);
        var client = await QuietSdk.ConnectAsync(service.Address);
        var pending = Assert.Single((await client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = HandWorker.Namespace, Execution = new() { WorkflowId = "w" } })).PendingActivities);
        Assert.Equal((PendingActivityState.Started, 1), (pending.State, pending.Attempt));
        await new HandWorker(client).CompleteActivityAsync(token);
        Assert.Contains((await PollTaskAsync(service)).History.Events, e => e.EventType == EventType.ActivityTaskCompleted);
    }

    [Fact]
    public async Task Start_StandaloneActivityOfInProcessWorker_IsTriedAgainThoughNoTimePasses()
    {
        await using (var before = await StartAsync("hand"))
        {
            var client = await QuietSdk.ConnectAsync(before.Address);
            await client.Connection.WorkflowService.StartActivityExecutionAsync(new()
            {
                Namespace = HandWorker.Namespace,
                ActivityId = "alone",
                ActivityType = new() { Name = "A" },
                TaskQueue = new() { Name = "hand" },
                StartToCloseTimeout = new() { Seconds = 60 },
                RequestId = "r",
                Identity = "test",
            });
            Assert.Equal(1, (await new HandWorker(client).PollActivityAsync()).Attempt);
        }

        await using var service = await StartAsync("hand");
        var again = await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).PollActivityAsync();
        Assert.Equal((2, "alone"), (again.Attempt, again.ActivityId));
    }

    private async Task<Temporalio.Api.WorkflowService.V1.PollActivityTaskQueueResponse> BeginActivityAsync(int maximumAttempts = 0)
    {
        await using var service = await StartAsync("hand");
        var worker = new HandWorker(await QuietSdk.ConnectAsync(service.Address));
        await worker.StartWithActivityAsync("w", command => command.RetryPolicy = new() { MaximumAttempts = maximumAttempts });
        return await worker.PollActivityAsync();
    }

    private static async Task<Temporalio.Api.WorkflowService.V1.PollWorkflowTaskQueueResponse> PollTaskAsync(EmbeddedTemporal service) =>
        await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).PollAsync();

    private Task<EmbeddedTemporal> StartAsync(string? inProcess) =>
        EmbeddedTemporal.StartAsync(new() { DataFile = _file, Clock = _clock, InProcessWorkers = inProcess });
}
