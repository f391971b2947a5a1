namespace Ecosystem.Temporal;

/// <summary>
/// A clock that stands until it is moved. Timers created on it fire while it is moved, in the order of their times, each with the clock at
/// its own time. Thread-safe; only one mover at a time.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Lock _moving = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;

    /// <summary>Creates a clock that stands at a time.</summary>
    /// <param name="start">The time it shows; its offset is dropped.</param>
    public VirtualClock(DateTimeOffset start) => _now = start.UtcTicks;

    /// <summary>Ticks per second of <see cref="GetTimestamp"/>: those of <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Moves the clock forward by a span.</summary>
    /// <param name="by">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves the clock forward to a time; a time that is past already only fires what is due.</summary>
    /// <param name="time">The time it shows afterwards.</param>
    public void AdvanceTo(DateTimeOffset time)
    {
        lock (_moving)
        {
            while (true)
            {
                VirtualTimer timer;
                lock (_lock)
                {
                    if (!_timers.TryPeek(out timer!, out var key) || key.Due > time.UtcTicks)
                    {
                        break;
                    }

                    _timers.Dequeue();
                    if (!timer.IsDueAt(key))
                    {
                        continue;
                    }

                    Interlocked.Exchange(ref _now, Math.Max(Interlocked.Read(ref _now), key.Due));
                    timer.Fired();
                }

                timer.Call();
            }

            if (time.UtcTicks > Interlocked.Read(ref _now))
            {
                Interlocked.Exchange(ref _now, time.UtcTicks);
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private (long Due, long Order)? _key;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public bool IsDueAt((long Due, long Order) key) => _key == key;

        public void Fired()
        {
            _key = null;
            if (_period > TimeSpan.Zero)
            {
                Schedule(_period);
            }
        }

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period;
                _key = null;
                if (dueTime < TimeSpan.Zero)
                {
                    return true;
                }

                Schedule(dueTime);
            }

            if (dueTime == TimeSpan.Zero)
            {
                // Due at once: that needs no move of the clock.
                ThreadPool.QueueUserWorkItem(static self => self.CallIfDue(), this, preferLocal: false);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _key = null;
                _period = Timeout.InfiniteTimeSpan;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void CallIfDue()
        {
            lock (clock._lock)
            {
                if (_key is not { } key || key.Due > clock._now)
                {
                    return;
                }

                Fired();
            }

            Call();
        }

        private void Schedule(TimeSpan wait)
        {
            var key = (clock._now + wait.Ticks, clock._order++);
            _key = key;
            clock._timers.Enqueue(this, key);
        }
    }
}
