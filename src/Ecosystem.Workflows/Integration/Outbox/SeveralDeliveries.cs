namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Delivers messages of a kind to all who deliver it; a message is delivered once all have, and repeated to all until then.</summary>
internal sealed class SeveralDeliveries(OutboxKind kind, IReadOnlyList<IOutboxDelivery> deliveries) : IOutboxDelivery
{
    public OutboxKind Kind => kind;

    public async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var worst = DeliveryOutcome.Delivered;
        foreach (var delivery in deliveries)
        {
            var outcome = await delivery.DeliverAsync(message, cancellationToken);
            if (outcome.State != DeliveryState.Delivered && worst.State != DeliveryState.Retry)
            {
                worst = outcome;
            }
        }

        return worst;
    }
}
