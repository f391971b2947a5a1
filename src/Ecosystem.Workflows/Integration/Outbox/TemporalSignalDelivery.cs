namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Signals workflows.</summary>
/// <param name="temporal">The service.</param>
internal sealed class TemporalSignalDelivery(TemporalDelivery temporal) : IOutboxDelivery
{
    public OutboxKind Kind => OutboxKind.SignalWorkflow;

    public Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken) => temporal.SignalAsync(message, cancellationToken);
}
