using System.Diagnostics;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Best and median time and allocated bytes of rounds after a warm-up.</summary>
internal sealed record Measurement(double BestMilliseconds, double MedianMilliseconds, double Megabytes)
{
    public static Measurement Of(Action<object?> work, Func<object?>? prepare = null, int warmUp = 300, int rounds = 41)
    {
        for (var i = 0; i < warmUp; i++)
        {
            work(prepare?.Invoke());
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new double[rounds];
        var bytes = long.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var state = prepare?.Invoke();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            work(state);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        Array.Sort(times);
        return new Measurement(times[0], times[rounds / 2], bytes / 1e6);
    }
}
