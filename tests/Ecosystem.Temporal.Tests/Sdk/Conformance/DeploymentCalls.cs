using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;
using BuildVersion = Temporalio.Common.WorkerDeploymentVersion;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Deployments of workers: which version gets a workflow, what is said about each, and how they go.</summary>
internal static class DeploymentCalls
{
    private const string Ns = HandWorker.Namespace;
    private const string Name = "orders";

    public static async Task MakeAsync(TemporalClient client)
    {
        await MakeAndRemoveAsync(client.WorkflowService);
        using var one = Worker<BuildOne>(client, "1");
        using var two = Worker<BuildTwo>(client, "2");
        var test = RouteAsync(client);
        await Task.WhenAll(one.ExecuteAsync(() => test), two.ExecuteAsync(() => test));
    }

    private static async Task MakeAndRemoveAsync(WorkflowService rpc)
    {
        var version = new Temporalio.Api.Deployment.V1.WorkerDeploymentVersion { DeploymentName = Name, BuildId = "0" };
        await rpc.CreateWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name });
        await rpc.CreateWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = version });
        Assert.Equal(Name, Assert.Single((await rpc.ListWorkerDeploymentsAsync(new() { Namespace = Ns })).WorkerDeployments).Name);
        await rpc.UpdateWorkerDeploymentVersionMetadataAsync(new()
        {
            Namespace = Ns,
            DeploymentVersion = version,
            UpsertEntries = { ["commit"] = new Payload { Data = Google.Protobuf.ByteString.CopyFromUtf8("abc") } },
        });
        var described = (await rpc.DescribeWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = version })).WorkerDeploymentVersionInfo;
        Assert.Equal((WorkerDeploymentVersionStatus.Created, "abc"), (described.Status, described.Metadata.Entries["commit"].Data.ToStringUtf8()));
        var inUse = await Assert.ThrowsAsync<RpcException>(() => rpc.DeleteWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name }));
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, inUse.Code);
        await rpc.DeleteWorkerDeploymentVersionAsync(new() { Namespace = Ns, DeploymentVersion = version });
        await rpc.DeleteWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name });
        Assert.Empty((await rpc.ListWorkerDeploymentsAsync(new() { Namespace = Ns })).WorkerDeployments);
    }

    private static async Task RouteAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        await KnownAsync(client, "1");
        await KnownAsync(client, "2");
        await rpc.SetWorkerDeploymentCurrentVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "1" });
        Assert.Equal("1", await client.ExecuteWorkflowAsync((BuildOne workflow) => workflow.RunAsync(), new("current", "builds")));
        await rpc.SetWorkerDeploymentRampingVersionAsync(new() { Namespace = Ns, DeploymentName = Name, BuildId = "2", Percentage = 100 });
        Assert.Equal("2", await client.ExecuteWorkflowAsync((BuildOne workflow) => workflow.RunAsync(), new("ramping", "builds")));
        Assert.Equal("1", await client.ExecuteWorkflowAsync(
            (BuildOne workflow) => workflow.RunAsync(), new("pinned", "builds") { VersioningOverride = new VersioningOverride.Pinned(new BuildVersion(Name, "1")) }));

        var routing = (await rpc.DescribeWorkerDeploymentAsync(new() { Namespace = Ns, DeploymentName = Name })).WorkerDeploymentInfo.RoutingConfig;
        Assert.Equal(("1", "2", 100f), (routing.CurrentDeploymentVersion.BuildId, routing.RampingDeploymentVersion.BuildId, routing.RampingVersionPercentage));
        var queue = await rpc.DescribeTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "builds" }, TaskQueueType = TaskQueueType.Workflow });
        Assert.Equal("1", queue.VersioningInfo.CurrentDeploymentVersion.BuildId);
        Assert.Equal(["1", "2"], queue.Pollers.Select(poller => poller.DeploymentOptions?.BuildId).OfType<string>().Distinct().Order());

        await rpc.SetWorkerDeploymentManagerAsync(new() { Namespace = Ns, DeploymentName = Name, ManagerIdentity = "ci", Identity = "ci" });
        var refused = await Assert.ThrowsAsync<RpcException>(() => rpc.SetWorkerDeploymentCurrentVersionAsync(
            new() { Namespace = Ns, DeploymentName = Name, BuildId = "2", Identity = "someone" }));
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
    }

    /// <summary>Waits until polls of a version's worker have made it known.</summary>
    private static async Task KnownAsync(TemporalClient client, string build)
    {
        while (true)
        {
            try
            {
                var info = await client.WorkflowService.DescribeWorkerDeploymentVersionAsync(
                    new() { Namespace = Ns, DeploymentVersion = new() { DeploymentName = Name, BuildId = build } });
                if (info.WorkerDeploymentVersionInfo.TaskQueueInfos.Count > 0)
                {
                    return;
                }
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static TemporalWorker Worker<T>(TemporalClient client, string build) => new(
        client,
        new TemporalWorkerOptions("builds") { DeploymentOptions = new(new BuildVersion(Name, build), true) { DefaultVersioningBehavior = Temporalio.Common.VersioningBehavior.AutoUpgrade } }.AddWorkflow<T>());

    /// <summary>A workflow as the first build has it.</summary>
    [Workflow("Build")]
    public class BuildOne
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult("1");
    }

    /// <summary>The same workflow as the second build has it.</summary>
    [Workflow("Build")]
    public class BuildTwo
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult("2");
    }
}
