namespace Ecosystem.Workflows.Simulation;

/// <summary>Time that stands still while work is done and jumps when told to. The host implements it over its virtual clock, its workflow service and the outbox.</summary>
public interface ISimulatedTime
{
    /// <summary>The present simulated time.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>The earliest time in the future at which something is due; null when nothing is.</summary>
    DateTimeOffset? NextDueTime { get; }

    /// <summary>Goes forward. What falls due on the way happens at its own time, and its work is done before time goes on.</summary>
    /// <param name="time">Where to; not in the past.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AdvanceToAsync(DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Ends when there is nothing left to do at the present time: the outbox is empty, no workflow and no activity has work.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task WaitUntilIdleAsync(CancellationToken cancellationToken);
}
