using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>
/// Starts and signals Temporal workflows. A start is known by its workflow id, which is used once; a signal carries the id of its
/// message, by which the workflow knows a repeat.
/// </summary>
/// <param name="client">The service.</param>
internal sealed class TemporalDelivery(ITemporalClient client)
{
    public async Task<DeliveryOutcome> StartAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var start = JsonSerializer.Deserialize<StartWorkflow>(message.PayloadJson, StoredJson.Options)!;
        try
        {
            await client.StartWorkflowAsync(
                start.WorkflowType,
                Arguments(start.Input),
                new WorkflowOptions(start.WorkflowId, start.TaskQueue)
                {
                    IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
                    Rpc = new RpcOptions { CancellationToken = cancellationToken },
                });
            return DeliveryOutcome.Delivered;
        }
        catch (WorkflowAlreadyStartedException)
        {
            return DeliveryOutcome.Delivered;
        }
        catch (RpcException error) when (error.Code == RpcException.StatusCode.InvalidArgument)
        {
            return DeliveryOutcome.Park(error.Message);
        }
    }

    public async Task<DeliveryOutcome> SignalAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var signal = JsonSerializer.Deserialize<SignalWorkflow>(message.PayloadJson, StoredJson.Options)!;
        try
        {
            await client.GetWorkflowHandle(signal.WorkflowId).SignalAsync(
                signal.Signal,
                Arguments(signal.Input),
                new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return DeliveryOutcome.Delivered;
        }
        catch (RpcException error) when (error.Code == RpcException.StatusCode.NotFound)
        {
            // The start comes before it under the same key, so the workflow has ended: nobody is left to be told.
            return DeliveryOutcome.Delivered;
        }
        catch (RpcException error) when (error.Code == RpcException.StatusCode.InvalidArgument)
        {
            return DeliveryOutcome.Park(error.Message);
        }
    }

    private static object?[] Arguments(JsonElement? input) => input is { } one ? [one] : [];
}
