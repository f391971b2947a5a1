namespace Ecosystem.Temporal.Operations;

/// <summary>
/// Refuses new work while the service has more than it can hold, so that what it has taken on goes on: long polls beyond a number, and starts,
/// signals and the like while too much waits for the disk. SDKs slow down and try again.
/// </summary>
internal sealed class Admission(IStore store, int maximumLongPolls)
{
    private const long MaximumWaitingWrites = 20_000;
    private const long MaximumWaitingBytes = 256L * 1024 * 1024;
    private int _longPolls;

    /// <summary>Lets a call in.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED.</exception>
    public void Enter(RpcKind kind)
    {
        if (kind == RpcKind.LongPoll && Interlocked.Increment(ref _longPolls) > maximumLongPolls)
        {
            Interlocked.Decrement(ref _longPolls);
            throw RpcErrors.ResourceExhausted(
                $"the service holds {maximumLongPolls} polls already",
                ResourceExhaustedCause.ConcurrentLimit,
                ResourceExhaustedScope.System);
        }

        if (kind == RpcKind.NewWork && (store.WaitingWrites > MaximumWaitingWrites || store.WaitingBytes > MaximumWaitingBytes))
        {
            throw RpcErrors.ResourceExhausted(
                $"{store.WaitingWrites} changes wait for the disk",
                ResourceExhaustedCause.PersistenceLimit,
                ResourceExhaustedScope.System);
        }
    }

    /// <summary>A call that was let in has ended.</summary>
    public void Leave(RpcKind kind)
    {
        if (kind == RpcKind.LongPoll)
        {
            Interlocked.Decrement(ref _longPolls);
        }
    }
}

/// <summary>What a call is to the service's load.</summary>
internal enum RpcKind
{
    /// <summary>It reads, or it goes on with work that was taken on.</summary>
    Ordinary,

    /// <summary>It brings work.</summary>
    NewWork,

    /// <summary>It waits for something to do.</summary>
    LongPoll,
}
