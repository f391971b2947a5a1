using Ecosystem.Temporal.Tests.Survival;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>
/// SDKs write into history by which of their own rules a run went, if the service says that it keeps that; without it a replay goes by
/// their oldest rules, and a run that took two updates at once can never be continued.
/// </summary>
public sealed class SdkFlagTests
{
    [Fact]
    public async Task Replay_OfUpdatesThatCameTogether_GoesAsTheRunDid()
    {
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await QuietSdk.ConnectAsync(service.Address);

        var handle = await client.StartWorkflowAsync((TwoUpdatesWorkflow workflow) => workflow.RunAsync(), new("two-updates", "q"));
        Task[] updates = [handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(1)), handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(2))];
        await handle.SignalAsync(workflow => workflow.StartAsync());
        using (var worker = new TemporalWorker(client, new TemporalWorkerOptions("q").AddWorkflow<TwoUpdatesWorkflow>()))
        {
            Assert.Equal(3, await worker.ExecuteAsync(async () =>
            {
                await Task.WhenAll(updates);
                return await handle.GetResultAsync();
            }));
        }

        var replay = await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<TwoUpdatesWorkflow>()).ReplayWorkflowAsync(await handle.FetchHistoryAsync(), throwOnReplayFailure: false);
        Assert.Null(replay.ReplayFailure);
    }
}

[Workflow]
public sealed class TwoUpdatesWorkflow
{
    private readonly Queue<int> _given = new();

    [WorkflowRun]
    public async Task<int> RunAsync()
    {
        var sum = 0;
        for (var taken = 0; taken < 2; taken++)
        {
            await Workflow.WaitConditionAsync(() => _given.Count > 0, TimeSpan.FromHours(1));
            sum += _given.Dequeue();
        }

        return sum;
    }

    [WorkflowSignal]
    public Task StartAsync() => Task.CompletedTask;

    [WorkflowUpdate]
    public async Task AddAsync(int number)
    {
        await Workflow.WaitConditionAsync(() => true);
        _given.Enqueue(number);
    }
}
