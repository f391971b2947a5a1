namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Delivers one kind of outbox message. Registered in DI; called by many threads at once, never for two messages of one key.</summary>
public interface IOutboxDelivery
{
    /// <summary>The kind it delivers.</summary>
    OutboxKind Kind { get; }

    /// <summary>Delivers a message. A message may come again after it was delivered, so delivering twice must do no harm. An exception means "try again".</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The process ends.</param>
    /// <returns>What became of it.</returns>
    Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken);
}
