namespace Ecosystem.Designer.Hosting;

/// <summary>
/// The machine's clock, ahead by a fixed time: how a demo or a test comes to the day on which a hold, a protection or a month is over.
/// Timers run at their usual speed. A data folder is always opened with the same or a later clock.
/// </summary>
/// <param name="ahead">How far ahead.</param>
internal sealed class ClockAhead(TimeSpan ahead) : TimeProvider
{
    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
