using System.Diagnostics;

namespace Ecosystem.Rules.Feel;

/// <summary>
/// What several evaluations that belong together, as those of one ruleset, may use between them: the time of one evaluation, and four times
/// its memory. Not thread-safe.
/// </summary>
internal sealed class FeelBudget
{
    private const int MemoryFactor = 4;
    private const int CheckEvery = 1_024;
    private long _deadline;
    private long _steps;
    private long _memory;

    public static long After(long now, FeelLimits limits) => now + (long)(limits.Time.TotalSeconds * Stopwatch.Frequency);

    public static FeelException TooLong(FeelLimits limits) => FeelException.Limit($"it took longer than {limits.Time.TotalSeconds:0.###} s");

    /// <summary>When the time is over, counted from the first question.</summary>
    public long Deadline(long now, FeelLimits limits) => _deadline == 0 ? _deadline = After(now, limits) : _deadline;

    /// <summary>Counts what one evaluation used.</summary>
    public void Spend(long steps, long memory, FeelLimits limits)
    {
        _memory += memory;
        if (_memory > MemoryFactor * limits.Memory)
        {
            throw FeelException.Limit($"the evaluation as a whole created more than {MemoryFactor * limits.Memory} items and characters");
        }

        _steps += steps + 1;
        if (_steps < CheckEvery)
        {
            return;
        }

        _steps = 0;
        var now = Stopwatch.GetTimestamp();
        if (now > Deadline(now, limits))
        {
            throw TooLong(limits);
        }
    }
}
