using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Administration;

/// <summary>Worker deployments and their versions: how they come, get tasks, are annotated and go.</summary>
public sealed class DeploymentTests
{
    private const string Ns = "default";
    private const string Name = "payments";

    [Fact]
    public async Task Version_CurrentOne_GetsTheTasksAndCannotBeDeleted()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var (rpc, worker) = (sdk.Client.WorkflowService, Worker(sdk.Client, "1"));
        var first = worker.PollAsync();
        await KnownAsync(sdk.Client, "1");
        var set = await rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1", Identity = "me" });
        Assert.NotEmpty(set.ConflictToken);
        await sdk.Client.StartWorkflowAsync("Any", [], new("w", "hand"));
        var task = await first;
        Assert.Equal("w", task.WorkflowExecution.WorkflowId);
        await worker.CompleteAsync(task);
        Assert.Equal("1", (await rpc.DescribeWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name })).WorkerDeploymentInfo.RoutingConfig.CurrentDeploymentVersion.BuildId);
        var refused = await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(sdk.Client, "1"));
        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "version 'payments:1' cannot be deleted since it is current or ramping"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Version_RampsToAnother_AndTheQueueSaysSo()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await MakeAsync(sdk.Client, "1", "2");
        var rpc = sdk.Client.WorkflowService;
        await rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1", IgnoreMissingTaskQueues = true });
        await rpc.SetWorkerDeploymentRampingVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "2", Percentage = 30, IgnoreMissingTaskQueues = true });
        var info = (await rpc.DescribeWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name })).WorkerDeploymentInfo;
        Assert.Equal(("1", "2", 30f), (info.RoutingConfig.CurrentDeploymentVersion.BuildId, info.RoutingConfig.RampingDeploymentVersion.BuildId, info.RoutingConfig.RampingVersionPercentage));
        Assert.Equal(Name, Assert.Single((await rpc.ListWorkerDeploymentsAsync(new() { Namespace = Ns })).WorkerDeployments).Name);
        var status = (await rpc.DescribeWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = Version("2") })).WorkerDeploymentVersionInfo.Status;
        Assert.Equal(WorkerDeploymentVersionStatus.Ramping, status);
    }

    [Fact]
    public async Task OneTimeOverride_WaitingTask_GoesThereAndIsOver()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var rpc = sdk.Client.WorkflowService;
        var (one, two) = (Worker(sdk.Client, "1"), Worker(sdk.Client, "2", VersioningBehavior.AutoUpgrade));
        var (first, second) = (one.PollAsync(), two.PollAsync());
        await KnownAsync(sdk.Client, "1");
        await KnownAsync(sdk.Client, "2");
        await rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1" });
        await sdk.Client.StartWorkflowAsync("Any", [], new("other", "hand"));
        await first;
        var handle = await sdk.Client.StartWorkflowAsync("Any", [], new("w", "hand"));
        await OverrideAsync("2");
        Assert.Equal("Pinned version 'payments:3' is not present in task queue 'hand' of type 'Workflow'", (await Assert.ThrowsAsync<RpcException>(() => OverrideAsync("3"))).Message);
        Assert.Equal("2", (await VersioningAsync()).VersioningOverride.OneTime.TargetDeploymentVersion.BuildId);
        var waits = one.PollAsync();
        await two.CompleteAsync(await second);
        var moved = await VersioningAsync();
        Assert.Equal(("2", VersioningBehavior.AutoUpgrade, null), (moved.DeploymentVersion.BuildId, moved.Behavior, moved.VersioningOverride));

        // From here on the run goes where its behaviour says.
        await handle.SignalAsync("go", []);
        Assert.Equal("w", (await waits).WorkflowExecution.WorkflowId);

        async Task<WorkflowExecutionVersioningInfo> VersioningAsync() => (await one.DescribeAsync("w")).WorkflowExecutionInfo.VersioningInfo;

        Task OverrideAsync(string build) => rpc.UpdateWorkflowExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = "w" },
            WorkflowExecutionOptions = new() { VersioningOverride = new() { OneTime = new() { TargetDeploymentVersion = Version(build) } } },
            UpdateMask = new() { Paths = { "versioning_override" } },
        });
    }

    [Fact]
    public async Task Child_ItsCommandNamesAVersion_GoesThereAndNotToItsParents()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        var (one, two) = (Worker(sdk.Client, "1", VersioningBehavior.Pinned), Worker(sdk.Client, "2"));
        var (first, second) = (one.PollAsync(), two.PollAsync());
        await KnownAsync(sdk.Client, "1");
        await KnownAsync(sdk.Client, "2");
        await sdk.Client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1" });
        await sdk.Client.StartWorkflowAsync("Any", [], new("parent", "hand"));
        await one.CompleteAsync(await first, new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = "child",
                WorkflowType = new() { Name = "Child" },
                TaskQueue = new() { Name = "hand" },
                VersioningOverride = new() { Pinned = new() { Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned, Version = Version("2") } },
            },
        });
        Assert.Equal("child", (await second).WorkflowExecution.WorkflowId);
    }

    [Fact]
    public async Task Deployment_WithVersions_GoesOnlyAfterThem()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await MakeAsync(sdk.Client, "1");
        var rpc = sdk.Client.WorkflowService;
        var refused = await Assert.ThrowsAsync<RpcException>(() => rpc.DeleteWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name }));
        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "deployment has versions, can't be deleted"), (refused.Code, refused.Message));
        await DeleteAsync(sdk.Client, "1");
        await DeleteAsync(sdk.Client, "1");
        Assert.Empty((await rpc.DescribeWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name })).WorkerDeploymentInfo.VersionSummaries);
        await rpc.DeleteWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name });
        var gone = await Assert.ThrowsAsync<RpcException>(() => rpc.DescribeWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name }));
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
    }

    [Fact]
    public async Task Version_PolledLately_CannotBeDeleted()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        _ = Worker(sdk.Client, "1").PollAsync();
        await KnownAsync(sdk.Client, "1");
        var refused = await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(sdk.Client, "1"));
        Assert.Equal("version 'payments:1' cannot be deleted since it has active pollers", refused.Message);
    }

    [Fact]
    public async Task Metadata_UpsertedAndRemoved_IsKeptAcrossARestart()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("deployments-").FullName, "t.db");
        await using (var sdk = await SdkService.StartAsync(dataFile: file, worker: false))
        {
            await MakeAsync(sdk.Client, "1");
            var none = await Assert.ThrowsAsync<RpcException>(() => sdk.Client.WorkflowService.UpdateWorkerDeploymentVersionMetadataAsync(new() { Namespace = Ns, DeploymentVersion = Version("1") }));
            Assert.Equal(RpcException.StatusCode.InvalidArgument, none.Code);
            await UpdateAsync(sdk.Client, ("commit", "abc"), ("owner", "ops"));
            var left = await sdk.Client.WorkflowService.UpdateWorkerDeploymentVersionMetadataAsync(new() { Namespace = Ns, DeploymentVersion = Version("1"), RemoveEntries = { "owner" } });
            Assert.Equal("commit", Assert.Single(left.Metadata.Entries).Key);
        }

        await using var again = await SdkService.StartAsync(dataFile: file, worker: false);
        var described = await again.Client.WorkflowService.DescribeWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = Version("1") });
        Assert.Equal("abc", Assert.Single(described.WorkerDeploymentVersionInfo.Metadata.Entries).Value.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Manager_Set_KeepsOthersOut()
    {
        await using var sdk = await SdkService.StartAsync(worker: false);
        await MakeAsync(sdk.Client, "1");
        var rpc = sdk.Client.WorkflowService;
        await rpc.SetWorkerDeploymentManagerAsync(new() { Namespace = Ns, DeploymentName = Name, ManagerIdentity = "ci", Identity = "ci" });
        var refused = await Assert.ThrowsAsync<RpcException>(() => rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1", Identity = "someone" }));
        Assert.StartsWith("ManagerIdentity 'ci' is set and does not match user identity 'someone'", refused.Message, StringComparison.Ordinal);
        await rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1", Identity = "ci" });
    }

    private static WorkerDeploymentVersion Version(string build) => new() { DeploymentName = Name, BuildId = build };

    private static HandWorker Worker(TemporalClient client, string build, VersioningBehavior behavior = VersioningBehavior.Unspecified) => new(client)
    {
        Behavior = behavior,
        Deployment = new() { DeploymentName = Name, BuildId = build, WorkerVersioningMode = WorkerVersioningMode.Versioned },
    };

    private static async Task MakeAsync(TemporalClient client, params string[] builds)
    {
        await client.WorkflowService.CreateWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name });
        foreach (var build in builds)
        {
            await client.WorkflowService.CreateWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = Version(build) });
        }
    }

    private static Task DeleteAsync(TemporalClient client, string build) =>
        client.WorkflowService.DeleteWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = Version(build) });

    private static Task UpdateAsync(TemporalClient client, params (string Key, string Value)[] entries)
    {
        var request = new Temporalio.Api.WorkflowService.V1.UpdateWorkerDeploymentVersionMetadataRequest { Namespace = Ns, DeploymentVersion = Version("1") };
        foreach (var (key, value) in entries)
        {
            request.UpsertEntries[key] = new Payload { Data = Google.Protobuf.ByteString.CopyFromUtf8(value) };
        }

        return client.WorkflowService.UpdateWorkerDeploymentVersionMetadataAsync(request);
    }

    /// <summary>Waits until a poll has made a version known.</summary>
    private static async Task KnownAsync(TemporalClient client, string build)
    {
        while (true)
        {
            try
            {
                var info = await client.WorkflowService.DescribeWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = Version(build) });
                if (info.WorkerDeploymentVersionInfo.TaskQueueInfos.Count > 0)
                {
                    return;
                }
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }

            await Task.Yield();
        }
    }
}
