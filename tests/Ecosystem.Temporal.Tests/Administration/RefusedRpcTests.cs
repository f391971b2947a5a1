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
    private const string NoComputeConfig = "No prior compute config found, which means nothing can be removed and something needs to be added to be valid";

    private static readonly Dictionary<string, (RpcException.StatusCode Code, string Message, Func<WorkflowService, string, Task> Call)> Refusals = new()
    {
        ["DescribeDeployment"] = (RpcException.StatusCode.Unimplemented, Deployments, (rpc, ns) => rpc.DescribeDeploymentAsync(new() { Namespace = ns })),
        ["ListDeployments"] = (RpcException.StatusCode.Unimplemented, Deployments, (rpc, ns) => rpc.ListDeploymentsAsync(new() { Namespace = ns })),
        ["GetDeploymentReachability"] = (RpcException.StatusCode.Unimplemented, Deployments, (rpc, ns) => rpc.GetDeploymentReachabilityAsync(new() { Namespace = ns })),
        ["GetCurrentDeployment"] = (RpcException.StatusCode.Unimplemented, Deployments, (rpc, ns) => rpc.GetCurrentDeploymentAsync(new() { Namespace = ns })),
        ["SetCurrentDeployment"] = (RpcException.StatusCode.Unimplemented, Deployments, (rpc, ns) => rpc.SetCurrentDeploymentAsync(new() { Namespace = ns })),
        ["UpdateWorkerBuildIdCompatibility"] = (RpcException.StatusCode.PermissionDenied, Sets, (rpc, ns) => rpc.UpdateWorkerBuildIdCompatibilityAsync(new() { Namespace = ns })),
        ["GetWorkerBuildIdCompatibility"] = (RpcException.StatusCode.PermissionDenied, Sets, (rpc, ns) => rpc.GetWorkerBuildIdCompatibilityAsync(new() { Namespace = ns })),
        ["UpdateWorkerVersioningRules"] = (RpcException.StatusCode.PermissionDenied, Rules, (rpc, ns) => rpc.UpdateWorkerVersioningRulesAsync(new() { Namespace = ns })),
        ["GetWorkerVersioningRules"] = (RpcException.StatusCode.PermissionDenied, Rules, (rpc, ns) => rpc.GetWorkerVersioningRulesAsync(new() { Namespace = ns })),
        ["GetWorkerTaskReachability"] = (RpcException.StatusCode.PermissionDenied, Rules, (rpc, ns) => rpc.GetWorkerTaskReachabilityAsync(new() { Namespace = ns })),
        ["FetchWorkerConfig"] = (RpcException.StatusCode.Unimplemented, "FetchWorkerConfig command is not enabled.", (rpc, ns) => rpc.FetchWorkerConfigAsync(new() { Namespace = ns })),
        ["UpdateWorkerConfig"] = (RpcException.StatusCode.Unimplemented, "UpdateWorkerConfig command is not enabled.", (rpc, ns) => rpc.UpdateWorkerConfigAsync(new() { Namespace = ns })),
        ["CreateWorkflowRule"] = (RpcException.StatusCode.Unimplemented, "method CreateWorkflowRule not supported", (rpc, ns) => rpc.CreateWorkflowRuleAsync(new() { Namespace = ns })),
        ["DescribeWorkflowRule"] = (RpcException.StatusCode.Unimplemented, "method DescribeWorkflowRule not supported", (rpc, ns) => rpc.DescribeWorkflowRuleAsync(new() { Namespace = ns })),
        ["ListWorkflowRules"] = (RpcException.StatusCode.Unimplemented, "method ListWorkflowRules not supported", (rpc, ns) => rpc.ListWorkflowRulesAsync(new() { Namespace = ns })),
        ["DeleteWorkflowRule"] = (RpcException.StatusCode.Unimplemented, "method DeleteWorkflowRule not supported", (rpc, ns) => rpc.DeleteWorkflowRuleAsync(new() { Namespace = ns })),
        ["TriggerWorkflowRule"] = (RpcException.StatusCode.Unimplemented, "method TriggerWorkflowRule not supported", (rpc, ns) => rpc.TriggerWorkflowRuleAsync(new() { Namespace = ns })),
        ["PauseWorkflowExecution"] = (
            RpcException.StatusCode.Unimplemented,
            "workflow pause is not enabled for namespace: default",
            (rpc, ns) => rpc.PauseWorkflowExecutionAsync(new() { Namespace = ns, WorkflowId = "w" })),
        ["UnpauseWorkflowExecution"] = (
            RpcException.StatusCode.FailedPrecondition,
            "workflow is not paused.",
            (rpc, ns) => rpc.UnpauseWorkflowExecutionAsync(new() { Namespace = ns, WorkflowId = "w" })),
        ["PollWorkflowExecutionTimeSkipping"] = (
            RpcException.StatusCode.Unimplemented,
            "The Time-Skipping feature is not enabled for namespace.",
            (rpc, ns) => rpc.PollWorkflowExecutionTimeSkippingAsync(new() { Namespace = ns, WorkflowExecution = new() { WorkflowId = "w" } })),
        ["ListArchivedWorkflowExecutions"] = (
            RpcException.StatusCode.InvalidArgument,
            "Cluster is not configured for visibility archival.",
            (rpc, ns) => rpc.ListArchivedWorkflowExecutionsAsync(new() { Namespace = ns })),
        ["UpdateWorkerDeploymentVersionComputeConfig"] = (
            RpcException.StatusCode.InvalidArgument,
            NoComputeConfig,
            (rpc, ns) => rpc.UpdateWorkerDeploymentVersionComputeConfigAsync(new() { Namespace = ns })),
        ["ValidateWorkerDeploymentVersionComputeConfig"] = (
            RpcException.StatusCode.InvalidArgument,
            NoComputeConfig,
            (rpc, ns) => rpc.ValidateWorkerDeploymentVersionComputeConfigAsync(new() { Namespace = ns })),
    };

    /// <summary>The names of those RPCs.</summary>
    public static TheoryData<string> Names => [.. Refusals.Keys];

    internal static IEnumerable<string> Rpcs => Refusals.Keys;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_SwitchedOff_SaysWhy(string rpc)
    {
        await using var service = await EmbeddedTemporal.StartAsync();
        var client = await TemporalClient.ConnectAsync(new(service.Address));
        await client.StartWorkflowAsync("Any", [], new("w", "nobody"));
        var (code, message, call) = Refusals[rpc];
        var refused = await Assert.ThrowsAsync<RpcException>(() => call(client.WorkflowService, "default"));
        Assert.Equal((code, message), (refused.Code, refused.Message));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => call(client.WorkflowService, "nowhere"));
        Assert.Equal((RpcException.StatusCode.NotFound, "Namespace nowhere is not found."), (unknown.Code, unknown.Message));
    }
}
