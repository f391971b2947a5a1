namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Delivers outbox messages.</summary>
public interface IOutboxDispatcher
{
    /// <summary>Ends when no message that can be delivered is left. Parked messages do not count.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that ends when the outbox is empty.</returns>
    Task WaitUntilEmptyAsync(CancellationToken cancellationToken = default);
}
