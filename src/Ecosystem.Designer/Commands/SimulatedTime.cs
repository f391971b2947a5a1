using Ecosystem.Temporal;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Simulation;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Commands;

/// <summary>Simulated time over the virtual clock that the application and the embedded service share.</summary>
internal sealed class SimulatedTime(VirtualClock clock, EmbeddedTemporal temporal, IOutboxDispatcher outbox, StorageSession storage) : ISimulatedTime
{
    /// <inheritdoc/>
    public DateTimeOffset UtcNow => clock.GetUtcNow();

    /// <inheritdoc/>
    public DateTimeOffset? NextDueTime => temporal.NextDueTime;

    /// <inheritdoc/>
    public async Task AdvanceToAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        while (temporal.NextDueTime is { } due && due <= time)
        {
            clock.AdvanceTo(due > clock.GetUtcNow() ? due : clock.GetUtcNow());
            await WaitUntilIdleAsync(cancellationToken);
        }

        clock.AdvanceTo(time);
        await WaitUntilIdleAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        // What a workflow does may leave messages, and delivering those wakes workflows: idle is when a look at the outbox after the service
        // came to rest finds nothing.
        do
        {
            await outbox.WaitUntilEmptyAsync(cancellationToken);
            await temporal.WaitUntilIdleAsync(cancellationToken);
        }
        while (await storage.ReadAsync((db, token) => db.Set<OutboxMessage>().AnyAsync(message => message.ParkedAt == null, token), cancellationToken));
    }
}
