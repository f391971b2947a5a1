using Ecosystem.Temporal.Timers;

namespace Ecosystem.Temporal.Tests.Timers;

/// <summary>When the queue has the clock wake it.</summary>
public sealed class TimerQueueTests
{
    [Fact]
    public void Set_NearlyAllArePutOff_WakesForThoseThatAreDueOnly()
    {
        var clock = new WakingClock();
        var fired = new List<long>();
        using var queue = new TimerQueue(clock, slot => fired.Add(slot.Key), followsJumps: false);
        var start = clock.GetUtcNow();
        var slots = Enumerable.Range(0, 100).Select(Slot).ToList();
        foreach (var slot in slots)
        {
            queue.Set(slot, (start + TimeSpan.FromMilliseconds(10 + slot.Key)).UtcTicks);
        }

        foreach (var slot in slots.Where(slot => slot.Key != 50))
        {
            queue.Set(slot, slot.Key == 60 ? (start + TimeSpan.FromSeconds(1)).UtcTicks : long.MaxValue);
        }

        var wakes = clock.RunToTheEnd();
        Assert.Equal([50, 60], fired);

        // The first entry was what the clock was set to, and nobody looks at it before.
        Assert.Equal([10, 60, 1000], wakes.Select(wake => (int)(wake - start).TotalMilliseconds));
    }

    [Fact]
    public void Set_NotInWholeMilliseconds_WakesOnceAndNotTooEarly()
    {
        var clock = new WakingClock();
        var fired = new List<long>();
        using var queue = new TimerQueue(clock, slot => fired.Add(slot.Key), followsJumps: false);
        queue.Set(Slot(1), (clock.GetUtcNow() + TimeSpan.FromMilliseconds(10.4)).UtcTicks);
        Assert.Single(clock.RunToTheEnd());
        Assert.Equal([1], fired);
    }

    private static TimerSlot Slot(int key) => new(key, null!, "w");

    /// <summary>A clock that moves when its timers are due, which count whole milliseconds as the system's do.</summary>
    private sealed class WakingClock : TimeProvider
    {
        private readonly List<Waking> _timers = [];
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Waking(this, () => callback(state));
            timer.Change(dueTime, period);
            _timers.Add(timer);
            return timer;
        }

        /// <summary>Lets time go on while a timer is set.</summary>
        /// <returns>When one woke.</returns>
        public List<DateTimeOffset> RunToTheEnd()
        {
            List<DateTimeOffset> wakes = [];
            while (wakes.Count < 1000 && _timers.Where(timer => timer.Due is not null).MinBy(timer => timer.Due) is { } next)
            {
                _now = next.Due!.Value;
                next.Due = null;
                wakes.Add(_now);
                next.Callback();
            }

            return wakes;
        }

        private sealed class Waking(WakingClock clock, Action callback) : ITimer
        {
            public DateTimeOffset? Due { get; set; }

            public Action Callback { get; } = callback;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime < TimeSpan.Zero ? null : clock._now + TimeSpan.FromMilliseconds((long)dueTime.TotalMilliseconds);
                return true;
            }

            public void Dispose() => Due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
