using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's SignalR hub of running instances: a viewer names the instance it shows and hears when something happens in it.</summary>
internal sealed class WorkflowInstanceHub(InstanceWatch watch, ElsaInstances instances) : Hub
{
    /// <summary>Where Studio finds it.</summary>
    public const string Path = "/elsa/hubs/workflow-instance";

    /// <summary>Starts hearing of an instance; one the caller may not see is never heard of.</summary>
    /// <param name="instanceId">The instance.</param>
    public async Task ObserveInstanceAsync(string instanceId)
    {
        var actor = Context.User!.ToActor(Ecosystem.Workflows.ActorSource.Api);
        if (await instances.FindRecordAsync(instanceId, actor, Context.ConnectionAborted) is { } record)
        {
            watch.Add(Context.ConnectionId, record);
            await Groups.AddToGroupAsync(Context.ConnectionId, instanceId, Context.ConnectionAborted);
        }
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
