using System.Diagnostics;

namespace Ecosystem.Temporal.Timers;

/// <summary>
/// Real time that never jumps: the system's at the start of the process, and from then on what has elapsed. Workers and callers are judged by
/// it, so that setting the machine's clock times nobody out.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startStamp = Stopwatch.GetTimestamp();

    private SteadyClock()
    {
    }

    public static SteadyClock Instance { get; } = new();

    public override DateTimeOffset GetUtcNow() => _start + Stopwatch.GetElapsedTime(_startStamp);
}
