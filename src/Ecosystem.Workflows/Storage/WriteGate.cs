using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Lets one writing transaction at a time through, in the order of asking: what the work has read, and decided by, stays true until it commits.
/// SQLite has a single writer anyway; waiting here costs nothing, while waiting on its lock costs a sleep and retry. On a server, which would let
/// writers of several processes side by side, each takes the lock of the one row that all of them end at.
/// </summary>
internal sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(1, 1);

    /// <summary>Waits for the writers of this process.</summary>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken);
        return new Pass(semaphore);
    }

    /// <summary>Waits for the writers of other processes; to be called first in the transaction, and held until its end.</summary>
    public static async Task LockAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sequence, row => row.Sequence), cancellationToken);
        }
    }

    public void Dispose() => semaphore.Dispose();

    /// <summary>Held while writing.</summary>
    public readonly struct Pass(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
