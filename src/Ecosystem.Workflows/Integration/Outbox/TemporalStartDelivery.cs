namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Starts workflows.</summary>
/// <param name="temporal">The service.</param>
internal sealed class TemporalStartDelivery(TemporalDelivery temporal) : IOutboxDelivery
{
    public OutboxKind Kind => OutboxKind.StartWorkflow;

    public Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken) => temporal.StartAsync(message, cancellationToken);
}
