namespace Ecosystem.Temporal.Schedules;

/// <summary>A schedule in memory. Its gate is held while it is looked at or changed.</summary>
internal sealed class ScheduleEntry : IDisposable
{
    public required ScheduleMachine Machine { get; init; }

    /// <summary>Key of its row in the visibility tables.</summary>
    public required long RowKey { get; init; }

    /// <summary>When it acts next.</summary>
    public required TimerSlot Slot { get; init; }

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public bool Deleted { get; set; }

    public void Dispose() => Gate.Dispose();
}
