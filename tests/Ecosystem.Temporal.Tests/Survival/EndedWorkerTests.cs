using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Api.Enums.V1;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>What a worker had begun that ended with the process of the service, by the system's clock; see <see cref="RestartTests"/> for a virtual one.</summary>
public sealed class EndedWorkerTests
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("ended-worker-").FullName, "t.db");

    [Fact]
    public async Task Start_ActivityOfInProcessWorker_IsTriedAgainAtOnce()
    {
        await BeginActivityAsync();
        await using var service = await StartAsync("hand");
        var again = await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).PollActivityAsync();
        Assert.Equal((2, "A"), (again.Attempt, again.ActivityType.Name));
        await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).CompleteActivityAsync(again);
        Assert.Equal(1, (await PollTaskAsync(service)).Attempt);
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

    private async Task<Temporalio.Api.WorkflowService.V1.PollActivityTaskQueueResponse> BeginActivityAsync()
    {
        await using var service = await StartAsync("hand");
        var worker = new HandWorker(await QuietSdk.ConnectAsync(service.Address));
        await worker.StartWithActivityAsync("w");
        return await worker.PollActivityAsync();
    }

    private static async Task<Temporalio.Api.WorkflowService.V1.PollWorkflowTaskQueueResponse> PollTaskAsync(EmbeddedTemporal service) =>
        await new HandWorker(await QuietSdk.ConnectAsync(service.Address)).PollAsync();

    private Task<EmbeddedTemporal> StartAsync(string? inProcess) =>
        EmbeddedTemporal.StartAsync(new() { DataFile = _file, InProcessWorkers = inProcess });
}
