namespace Ecosystem.Temporal.Timers;

/// <summary>
/// The clock of a test server: runs as the real one, and while nobody locks it and nothing is to do, jumps to when something is due.
/// </summary>
internal sealed class SkippingClock(TimeProvider real) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _sleepers = new();
    private Engine? _engine;
    private long _offset;
    private int _locks = 1;
    private int _skipping;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offset));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    public void Attach(Engine engine)
    {
        _engine = engine;
        engine.Idle.BecameIdle += SkipSoon;
    }

    public void Lock()
    {
        lock (_lock)
        {
            _locks++;
        }
    }

    /// <returns>False if it was not locked.</returns>
    public bool Unlock()
    {
        lock (_lock)
        {
            if (_locks == 0)
            {
                return false;
            }

            _locks--;
        }

        SkipSoon();
        return true;
    }

    /// <summary>Completes when the clock shows that time, which it jumps to if it may.</summary>
    public Task SleepUntil(DateTimeOffset time)
    {
        var sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _sleepers.Enqueue(sleeper, time.UtcTicks);
        }

        _ = WakeLater(time);
        SkipSoon();
        return sleeper.Task;
    }

    private async Task WakeLater(DateTimeOffset time)
    {
        while (GetUtcNow() < time)
        {
            await Task.Delay(time - GetUtcNow() is var rest && rest > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : rest + TimeSpan.FromMilliseconds(1), real);
        }

        Wake();
    }

    private void SkipSoon()
    {
        if (_engine is null || Volatile.Read(ref _locks) > 0 || Interlocked.Exchange(ref _skipping, 1) == 1)
        {
            return;
        }

        _ = Task.Run(SkipAsync);
    }

    private async Task SkipAsync()
    {
        try
        {
            while (true)
            {
                // Whoever was just answered gets a moment to ask for more.
                await Task.Delay(TimeSpan.FromMilliseconds(20), real);
                lock (_lock)
                {
                    if (_locks > 0 || !_engine!.Idle.IsIdle)
                    {
                        return;
                    }

                    var next = _engine.Timers.NextDue() ?? long.MaxValue;
                    if (_sleepers.TryPeek(out _, out var wake))
                    {
                        next = Math.Min(next, wake);
                    }

                    if (next == long.MaxValue)
                    {
                        return;
                    }

                    var jump = next - GetUtcNow().UtcTicks;
                    if (jump > 0)
                    {
                        Interlocked.Add(ref _offset, jump);
                    }
                }

                Wake();
                _engine.Timers.Run();
            }
        }
        finally
        {
            Volatile.Write(ref _skipping, 0);
        }
    }

    private void Wake()
    {
        var now = GetUtcNow().UtcTicks;
        List<TaskCompletionSource> due = [];
        lock (_lock)
        {
            while (_sleepers.TryPeek(out var sleeper, out var time) && time <= now)
            {
                _sleepers.Dequeue();
                due.Add(sleeper);
            }
        }

        due.ForEach(sleeper => sleeper.TrySetResult());
    }
}
