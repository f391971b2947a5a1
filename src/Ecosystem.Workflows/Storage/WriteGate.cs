namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Lets one writing transaction of this process at a time through to SQLite, in the order of asking. SQLite has a single writer;
/// waiting here costs nothing, while waiting on its lock costs a sleep and retry. Open for other databases, which have row locks.
/// </summary>
internal sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim? semaphore;

    public WriteGate(StorageOptions options) => semaphore = options.Provider == DatabaseProvider.Sqlite ? new SemaphoreSlim(1, 1) : null;

    public async ValueTask<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        if (semaphore is not null)
        {
            await semaphore.WaitAsync(cancellationToken);
        }

        return new Pass(this);
    }

    public void Dispose() => semaphore?.Dispose();

    /// <summary>Held while writing.</summary>
    public readonly struct Pass(WriteGate gate) : IDisposable
    {
        public void Dispose() => gate.semaphore?.Release();
    }
}
