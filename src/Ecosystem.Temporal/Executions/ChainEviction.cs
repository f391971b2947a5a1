namespace Ecosystem.Temporal.Executions;

/// <summary>Keeps the number of chains in memory bounded: closed ones leave soon, open ones when there are too many and they rest.</summary>
internal sealed class ChainEviction(Engine engine)
{
    private const int ClosedKept = 512;
    private const int OpenKept = 12_000;
    private const int RestMilliseconds = 2000;
    private readonly ConcurrentQueue<Chain> _closed = new();
    private readonly ConcurrentQueue<Chain> _tracked = new();
    private int _closedCount;
    private int _trackedCount;
    private int _lookAt = OpenKept;
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
        if (Interlocked.Increment(ref _trackedCount) > Volatile.Read(ref _lookAt))
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

                if (Volatile.Read(ref _trackedCount) > Volatile.Read(ref _lookAt))
                {
                    Look();
                }
            }
            finally
            {
                Volatile.Write(ref _working, 0);
            }
        });
    }

    /// <summary>Forgets chains that died meanwhile, and evicts those that rest while there are too many.</summary>
    private void Look()
    {
        for (var left = Volatile.Read(ref _trackedCount); left > 0 && _tracked.TryDequeue(out var chain); left--)
        {
            var rests = Environment.TickCount64 - chain.LastUsed >= RestMilliseconds;
            if (chain.Dead || (engine.CachedChains > OpenKept / 2 && rests && engine.TryEvict(chain)))
            {
                Interlocked.Decrement(ref _trackedCount);
            }
            else
            {
                _tracked.Enqueue(chain);
            }
        }

        // Where nothing could go it is no use to look again for each that comes.
        Volatile.Write(ref _lookAt, Math.Max(OpenKept, Volatile.Read(ref _trackedCount) + (OpenKept / 4)));
    }
}
