namespace Ecosystem.Temporal.Executions;

/// <summary>Keeps the number of chains in memory bounded: closed ones leave soon, open ones when there are too many and they rest.</summary>
internal sealed class ChainEviction(Engine engine)
{
    private const int ClosedKept = 512;
    private const int OpenKept = 12_000;
    private readonly ConcurrentQueue<Chain> _closed = new();
    private readonly ConcurrentQueue<Chain> _tracked = new();
    private int _closedCount;
    private int _trackedCount;
    private int _working;

    /// <summary>A run of the chain closed.</summary>
    public void Closed(Chain chain)
    {
        _closed.Enqueue(chain);
        if (Interlocked.Increment(ref _closedCount) > ClosedKept * 2)
        {
            Work();
        }
    }

    /// <summary>The chain came into memory.</summary>
    public void Track(Chain chain)
    {
        _tracked.Enqueue(chain);
        if (Interlocked.Increment(ref _trackedCount) > OpenKept)
        {
            Work();
        }
    }

    private void Work()
    {
        if (Interlocked.Exchange(ref _working, 1) == 1)
        {
            return;
        }

        _ = Task.Run(() =>
        {
            try
            {
                while (Volatile.Read(ref _closedCount) > ClosedKept && _closed.TryDequeue(out var closed))
                {
                    Interlocked.Decrement(ref _closedCount);
                    if (closed.Current?.Execution?.State.IsRunning != true)
                    {
                        engine.TryEvict(closed);
                    }
                }

                for (var looked = Volatile.Read(ref _trackedCount); looked > 0 && engine.CachedChains > OpenKept / 2 && _tracked.TryDequeue(out var chain); looked--)
                {
                    if (Environment.TickCount64 - chain.LastUsed < 2000 || !engine.TryEvict(chain))
                    {
                        _tracked.Enqueue(chain);
                    }
                    else
                    {
                        Interlocked.Decrement(ref _trackedCount);
                    }
                }
            }
            finally
            {
                Volatile.Write(ref _working, 0);
            }
        });
    }
}
