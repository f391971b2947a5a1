using System.Diagnostics;

namespace Ecosystem.Benchmarks.Rules;

/// <summary>Times short work on one thread: the best of several batches, so that other processes disturb least.</summary>
internal static class Measure
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(250);

    /// <summary>Nanoseconds and bytes allocated per call.</summary>
    public static (double Nanoseconds, double Bytes) PerCall(Action<int> work, int batches = 6)
    {
        var rounds = 1;
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            Run(work, rounds);
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(50))
            {
                rounds = (int)Math.Max(1, rounds * (Batch / Stopwatch.GetElapsedTime(started)));
                break;
            }

            rounds *= 4;
        }

        var best = double.MaxValue;
        double bytes = 0;
        for (var i = 0; i < batches; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            Run(work, rounds);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / rounds;
            if (elapsed < best)
            {
                best = elapsed;
                bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds;
            }
        }

        return (best, bytes);
    }

    private static void Run(Action<int> work, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            work(i);
        }
    }
}
