using Temporalio.Client;
using Temporalio.Exceptions;

#pragma warning disable CS0612 // What was replaced is asked for on purpose.

namespace Ecosystem.Temporal.Tests.Administration;

/// <summary>RPCs that a server with its default settings refuses, with the words by which SDKs and people know why; an unknown namespace comes before that.</summary>
public sealed class RefusedRpcTests
{
    private const string Deployments = "Deployments are deprecated and no longer supported, use Worker Deployments instead";
    private const string Sets = "Worker versioning v0.1 (Version Set-based, deprecated) is disabled on this namespace.";
    private const string Rules = "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace.";

    private static readonly Dictionary<string, Func<WorkflowService, string, Task>> Calls = new()
    {
        ["DescribeDeployment"] = (rpc, ns) => rpc.DescribeDeploymentAsync(new() { Namespace = ns }),
        ["ListDeployments"] = (rpc, ns) => rpc.ListDeploymentsAsync(new() { Namespace = ns }),
        ["GetDeploymentReachability"] = (rpc, ns) => rpc.GetDeploymentReachabilityAsync(new() { Namespace = ns }),
        ["GetCurrentDeployment"] = (rpc, ns) => rpc.GetCurrentDeploymentAsync(new() { Namespace = ns }),
        ["SetCurrentDeployment"] = (rpc, ns) => rpc.SetCurrentDeploymentAsync(new() { Namespace = ns }),
        ["UpdateWorkerBuildIdCompatibility"] = (rpc, ns) => rpc.UpdateWorkerBuildIdCompatibilityAsync(new() { Namespace = ns }),
        ["GetWorkerBuildIdCompatibility"] = (rpc, ns) => rpc.GetWorkerBuildIdCompatibilityAsync(new() { Namespace = ns }),
        ["UpdateWorkerVersioningRules"] = (rpc, ns) => rpc.UpdateWorkerVersioningRulesAsync(new() { Namespace = ns }),
        ["GetWorkerVersioningRules"] = (rpc, ns) => rpc.GetWorkerVersioningRulesAsync(new() { Namespace = ns }),
        ["GetWorkerTaskReachability"] = (rpc, ns) => rpc.GetWorkerTaskReachabilityAsync(new() { Namespace = ns }),
        ["FetchWorkerConfig"] = (rpc, ns) => rpc.FetchWorkerConfigAsync(new() { Namespace = ns }),
        ["UpdateWorkerConfig"] = (rpc, ns) => rpc.UpdateWorkerConfigAsync(new() { Namespace = ns }),
    };

    [Theory]
    [InlineData("DescribeDeployment", RpcException.StatusCode.Unimplemented, Deployments)]
    [InlineData("ListDeployments", RpcException.StatusCode.Unimplemented, Deployments)]
    [InlineData("GetDeploymentReachability", RpcException.StatusCode.Unimplemented, Deployments)]
    [InlineData("GetCurrentDeployment", RpcException.StatusCode.Unimplemented, Deployments)]
    [InlineData("SetCurrentDeployment", RpcException.StatusCode.Unimplemented, Deployments)]
    [InlineData("UpdateWorkerBuildIdCompatibility", RpcException.StatusCode.PermissionDenied, Sets)]
    [InlineData("GetWorkerBuildIdCompatibility", RpcException.StatusCode.PermissionDenied, Sets)]
    [InlineData("UpdateWorkerVersioningRules", RpcException.StatusCode.PermissionDenied, Rules)]
    [InlineData("GetWorkerVersioningRules", RpcException.StatusCode.PermissionDenied, Rules)]
    [InlineData("GetWorkerTaskReachability", RpcException.StatusCode.PermissionDenied, Rules)]
    [InlineData("FetchWorkerConfig", RpcException.StatusCode.Unimplemented, "FetchWorkerConfig command is not enabled.")]
    [InlineData("UpdateWorkerConfig", RpcException.StatusCode.Unimplemented, "UpdateWorkerConfig command is not enabled.")]
    public async Task Call_SwitchedOff_SaysWhy(string rpc, RpcException.StatusCode code, string message)
    {
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await TemporalClient.ConnectAsync(new(service.Address));
        var refused = await Assert.ThrowsAsync<RpcException>(() => Calls[rpc](client.WorkflowService, "default"));
        Assert.Equal((code, message), (refused.Code, refused.Message));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => Calls[rpc](client.WorkflowService, "nowhere"));
        Assert.Equal((RpcException.StatusCode.NotFound, "Namespace nowhere is not found."), (unknown.Code, unknown.Message));
    }
}
