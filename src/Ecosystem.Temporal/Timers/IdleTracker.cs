namespace Ecosystem.Temporal.Timers;

/// <summary>Counts work that is scheduled or in flight, and tells when there is none.</summary>
internal sealed class IdleTracker
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiters = [];
    private long _count;

    public bool IsIdle => Interlocked.Read(ref _count) == 0;

    /// <summary>Called at the moment the last work ends.</summary>
    public event Action? BecameIdle;

    public void Add(long delta)
    {
        if (delta == 0 || Interlocked.Add(ref _count, delta) != 0)
        {
            return;
        }

        TaskCompletionSource[] waiters;
        lock (_lock)
        {
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in waiters)
        {
            waiter.TrySetResult();
        }

        BecameIdle?.Invoke();
    }

    /// <summary>Completes when there was a moment without work.</summary>
    public Task WhenIdle()
    {
        lock (_lock)
        {
            if (IsIdle)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add(waiter);
            if (IsIdle)
            {
                _waiters.Remove(waiter);
                return Task.CompletedTask;
            }

            return waiter.Task;
        }
    }
}
