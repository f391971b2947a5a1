using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Namespaces, and what the service says of itself.</summary>
internal static class NamespaceCalls
{
    private const string Own = "second";

    public static async Task MakeAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        await rpc.RegisterNamespaceAsync(new() { Namespace = Own, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(3)) });
        Assert.Contains((await rpc.ListNamespacesAsync(new())).Namespaces, ns => ns.NamespaceInfo.Name == Own);
        await rpc.UpdateNamespaceAsync(new() { Namespace = Own, UpdateInfo = new() { Description = "changed" } });
        var inside = await TemporalClient.ConnectAsync(new(client.Connection.Options.TargetHost!) { Namespace = Own });
        var handle = await inside.StartWorkflowAsync("Any", [], new("w", "q"));
        await rpc.DeprecateNamespaceAsync(new() { Namespace = Own });
        var described = await rpc.DescribeNamespaceAsync(new() { Namespace = Own });
        Assert.Equal(
            ("changed", NamespaceState.Deprecated, 3 * 24 * 3600),
            (described.NamespaceInfo.Description, described.NamespaceInfo.State, described.Config.WorkflowExecutionRetentionTtl.Seconds));

        // What runs goes on; nothing new begins.
        await handle.SignalAsync("go", []);
        var refused = await Assert.ThrowsAsync<RpcException>(() => inside.StartWorkflowAsync("Any", [], new("other", "q")));
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
        await client.OperatorService.DeleteNamespaceAsync(new() { Namespace = Own });
        await Gone.WhenAsync(() => handle.DescribeAsync());

        Assert.True((await rpc.GetSystemInfoAsync(new())).Capabilities.SdkMetadata);
        Assert.Equal((await rpc.GetSystemInfoAsync(new())).ServerVersion, (await rpc.GetClusterInfoAsync(new())).ServerVersion);
    }
}
