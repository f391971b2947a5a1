using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Delivers domain events of the outbox to cases that wait for them and to definitions they trigger; the event's name is its <c>type</c>.
/// A case waits for what is about its own subject: the event's subject, its partner or its deal.
/// </summary>
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

        var subject = payload["subject"] is JsonObject named ? new Subject(named.Text("kind")!, named.Text("id")!) : (Subject?)null;
        var published = new PublishedEvent(type, payload)
        {
            CorrelationIds = About(subject, payload),
            Key = message.Id,
            Subject = subject,
            Partner = payload.Text("partnerId") is { Length: > 0 } partner ? new PartnerId(partner) : null,
        };
        await storage.WriteAsync((db, token) => writer.PublishAsync(db, published, token), cancellationToken);
        return DeliveryOutcome.Delivered;
    }

    private static List<string>? About(Subject? subject, JsonObject payload)
    {
        List<string> about = [.. new[] { subject?.Id, payload.Text("dealId"), payload.Text("partnerId") }.OfType<string>().Distinct(StringComparer.Ordinal)];
        return about.Count == 0 ? null : about;
    }
}
