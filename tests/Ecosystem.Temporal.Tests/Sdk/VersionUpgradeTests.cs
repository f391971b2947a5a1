using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;
using BuildVersion = Temporalio.Common.WorkerDeploymentVersion;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Pinned runs, what they hear of newer versions, and where their successors and children run.</summary>
public sealed class VersionUpgradeTests
{
    private const string Name = "orders";

    [Fact]
    public async Task PinnedRun_NewVersionIsCurrent_IsToldAndMovesOnByContinuingAsNew()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        using var one = Worker<PinnedOne>(sdk.Client, "1");
        using var two = Worker<PinnedTwo>(sdk.Client, "2");
        var test = UpgradeAsync(sdk.Client);
        await Task.WhenAll(one.ExecuteAsync(() => test), two.ExecuteAsync(() => test));
    }

    [Fact]
    public async Task PinnedRun_AsksForTheRampingVersion_ContinuesThereWhateverTheShare()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        using var one = Worker<RampedOne>(sdk.Client, "1");
        using var two = Worker<RampedTwo>(sdk.Client, "2");
        var test = RampAsync(sdk.Client);
        await Task.WhenAll(one.ExecuteAsync(() => test), two.ExecuteAsync(() => test));
    }

    private static async Task RampAsync(TemporalClient client)
    {
        await SetCurrentAsync(client, "1");
        Assert.Equal("one", await ContinuedAsync("nothing-ramping"));
        await SettledAsync(() => client.WorkflowService.SetWorkerDeploymentRampingVersionAsync(
            new() { Namespace = "default", DeploymentName = Name, BuildId = "2", Percentage = 0 }));
        Assert.Equal("two", await ContinuedAsync("ramping"));

        async Task<string> ContinuedAsync(string id)
        {
            var run = await client.StartWorkflowAsync((RampedOne workflow) => workflow.RunAsync(0), new(id, "q"));
            await run.SignalAsync(workflow => workflow.GoAsync());
            return await client.GetWorkflowHandle(id).GetResultAsync<string>();
        }
    }

    private static async Task UpgradeAsync(TemporalClient client)
    {
        await SetCurrentAsync(client, "1");
        var moving = await client.StartWorkflowAsync((PinnedOne workflow) => workflow.RunAsync(0, true), new("moving", "q"));
        var staying = await client.StartWorkflowAsync((PinnedOne workflow) => workflow.RunAsync(0, false), new("staying", "q"));
        Assert.False(await moving.QueryAsync(workflow => workflow.IsChanged));
        Assert.False(await staying.QueryAsync(workflow => workflow.IsChanged));
        await SetCurrentAsync(client, "2");
        await moving.SignalAsync(workflow => workflow.GoAsync());
        Assert.Equal("two after 1", await client.GetWorkflowHandle("moving").GetResultAsync<string>());
        await staying.SignalAsync(workflow => workflow.GoAsync());

        // A run that was told of the new version and went on with its own is not told again.
        Assert.Equal("one after 1 False", await client.GetWorkflowHandle("staying").GetResultAsync<string>());
    }

    private static Task SetCurrentAsync(TemporalClient client, string build) => SettledAsync(() =>
        client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = "default", DeploymentName = Name, BuildId = build }));

    /// <summary>Asks until the version's worker has polled.</summary>
    private static async Task SettledAsync(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
            {
                await Task.Yield();
            }
        }
    }

    private static TemporalWorker Worker<T>(TemporalClient client, string build) => new(
        client,
        new TemporalWorkerOptions("q") { DeploymentOptions = new(new BuildVersion(Name, build), true) }.AddWorkflow<T>());

    [Workflow("Pinned", VersioningBehavior = VersioningBehavior.Pinned)]
    public class PinnedOne
    {
        private bool _go;

        [WorkflowQuery]
        public bool IsChanged { get; private set; }

        [WorkflowRun]
        public async Task<string> RunAsync(int attempt, bool moves)
        {
            IsChanged = Workflow.TargetWorkerDeploymentVersionChanged;
            if (attempt > 0)
            {
                return $"one after {attempt} {IsChanged}";
            }

            await Workflow.WaitConditionAsync(() => _go);
            return Workflow.TargetWorkerDeploymentVersionChanged
                ? throw Workflow.CreateContinueAsNewException(
                    (PinnedOne workflow) => workflow.RunAsync(attempt + 1, moves),
                    new() { InitialVersioningBehavior = moves ? InitialVersioningBehavior.AutoUpgrade : InitialVersioningBehavior.Unspecified })
                : "never told";
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            _go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Pinned", VersioningBehavior = VersioningBehavior.Pinned)]
    public class PinnedTwo
    {
        [WorkflowRun]
        public Task<string> RunAsync(int attempt, bool moves) => Task.FromResult($"two after {attempt}");
    }

    [Workflow("Ramped", VersioningBehavior = VersioningBehavior.Pinned)]
    public class RampedOne
    {
        private bool _go;

        [WorkflowRun]
        public async Task<string> RunAsync(int attempt)
        {
            if (attempt > 0)
            {
                return "one";
            }

            await Workflow.WaitConditionAsync(() => _go);
            throw Workflow.CreateContinueAsNewException(
                (RampedOne workflow) => workflow.RunAsync(attempt + 1),
                new() { InitialVersioningBehavior = InitialVersioningBehavior.UseRampingVersion });
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            _go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Ramped", VersioningBehavior = VersioningBehavior.Pinned)]
    public class RampedTwo
    {
        [WorkflowRun]
        public Task<string> RunAsync(int attempt) => Task.FromResult("two");
    }
}
