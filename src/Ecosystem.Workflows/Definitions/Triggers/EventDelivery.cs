using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Delivers domain events of the outbox to cases that wait for them and to definitions they trigger; the event's name is its <c>type</c>.</summary>
internal sealed class EventDelivery(StorageSession storage, CaseWriter writer) : IOutboxDelivery
{
    public OutboxKind Kind => OutboxKind.Event;

    public async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (JsonNode.Parse(message.PayloadJson) is not JsonObject payload || payload.Text("type") is not { Length: > 0 } type)
        {
            // Without a name nobody can wait for it.
            return DeliveryOutcome.Delivered;
        }

        await storage.WriteAsync((db, token) => writer.PublishAsync(db, new PublishedEvent(type, payload, CorrelationId: null, Key: message.Id), token), cancellationToken);
        return DeliveryOutcome.Delivered;
    }
}
