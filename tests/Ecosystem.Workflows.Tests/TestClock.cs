namespace Ecosystem.Workflows.Tests;

/// <summary>A clock that stands still until told otherwise. For code that makes timers use Ecosystem.Temporal's VirtualClock.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private DateTimeOffset now = start;

    public TestClock()
        : this(DefaultStart)
    {
    }

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void AdvanceTo(DateTimeOffset to) => now = to >= now ? to : throw new ArgumentOutOfRangeException(nameof(to), "Time does not run backwards.");
}
