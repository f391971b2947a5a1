using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Temporal.Timers;

/// <summary>
/// Calls back when slots are due. One timer of the time provider serves all; an entry that was put off or dropped is only looked at
/// when it has become the first, so that moving a time costs nothing, and the timer is set for none that was dropped before it came first.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private static readonly TimeSpan JumpCheck = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _clock;
    private readonly Action<TimerSlot> _fire;
    private readonly Action? _claimed;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TimerSlot, long> _queue = new();
    private readonly ITimer _timer;
    private readonly ITimer? _watch;
    private long _armed = long.MaxValue;
    private bool _disposed;

    /// <param name="clock">The clock by which slots are due.</param>
    /// <param name="fire">Called for each slot that is due.</param>
    /// <param name="followsJumps">Whether to look at the clock every second, as it may be set forward while a timer waits.</param>
    /// <param name="claimed">Called in the same instant in which a due slot leaves the queue, before it is fired; must not call back.</param>
    public TimerQueue(TimeProvider clock, Action<TimerSlot> fire, bool followsJumps, Action? claimed = null)
    {
        _clock = clock;
        _fire = fire;
        _claimed = claimed;
        _timer = clock.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = followsJumps ? TimeProvider.System.CreateTimer(_ => Run(), null, JumpCheck, JumpCheck) : null;
    }

    /// <summary>Sets when a slot is due; <see cref="long.MaxValue"/> means never.</summary>
    public void Set(TimerSlot slot, long due)
    {
        lock (_lock)
        {
            Volatile.Write(ref slot.Due, due);
            if (due >= slot.Queued || _disposed)
            {
                return;
            }

            slot.Queued = due;
            _queue.Enqueue(slot, due);
            Arm();
        }
    }

    /// <summary>UTC ticks of the earliest due slot, or null.</summary>
    public long? NextDue()
    {
        lock (_lock)
        {
            return TryPeekDue(out _, out var time) ? time : null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
        _watch?.Dispose();
    }

    /// <summary>Fires what is due by now, in order of time; called by the clock, and after a jump of it.</summary>
    public void Run()
    {
        while (true)
        {
            TimerSlot slot;
            lock (_lock)
            {
                if (_disposed || !TryPeekDue(out slot!, out var time) || time > _clock.GetUtcNow().UtcTicks)
                {
                    _armed = long.MaxValue;
                    if (!_disposed)
                    {
                        Arm();
                    }

                    return;
                }

                _queue.Dequeue();
                slot.Queued = long.MaxValue;
                slot.Due = long.MaxValue;
                _claimed?.Invoke();
            }

            _fire(slot);
        }
    }

    /// <summary>The earliest entry that still holds; those before it are dropped, or queued again for the time they were put off to.</summary>
    private bool TryPeekDue([NotNullWhen(true)] out TimerSlot? slot, out long time)
    {
        while (_queue.TryPeek(out slot, out time))
        {
            if (slot.Due == time)
            {
                return true;
            }

            _queue.Dequeue();
            if (slot.Queued == time)
            {
                slot.Queued = slot.Due;
                if (slot.Due != long.MaxValue)
                {
                    _queue.Enqueue(slot, slot.Due);
                }
            }
        }

        return false;
    }

    private void Arm()
    {
        if (!_queue.TryPeek(out _, out var first) || first >= _armed || !TryPeekDue(out _, out var time) || time >= _armed)
        {
            return;
        }

        _armed = time;
        var wait = new TimeSpan(Math.Max(0, time - _clock.GetUtcNow().UtcTicks));
        if (_clock is not VirtualClock)
        {
            // Timers of the system count whole milliseconds and cut the rest off: they would come before the time.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        }

        _timer.Change(wait > TimeSpan.FromDays(20) ? TimeSpan.FromDays(20) : wait, Timeout.InfiniteTimeSpan);
    }
}
