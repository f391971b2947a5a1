using Ecosystem.Workflows.Integration;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// The way to the database: one unit of work per call. Safe for use by many threads at once.
/// </summary>
public sealed class StorageSession
{
    private const int Attempts = 5;
    private static readonly AsyncLocal<bool> Writing = new();
    private readonly IDbContextFactory<EcosystemDbContext> readers;
    private readonly IDbContextFactory<EcosystemDbContext> writers;
    private readonly WriteGate gate;
    private readonly CommitFlush flush;
    private readonly WorkSignal signal;

    internal StorageSession(IDbContextFactory<EcosystemDbContext> readers, IDbContextFactory<EcosystemDbContext> writers, WriteGate gate, CommitFlush flush, WorkSignal signal)
    {
        this.readers = readers;
        this.writers = writers;
        this.gate = gate;
        this.flush = flush;
        this.signal = signal;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, saves and commits, and wakes the outbox when messages were added.
    /// When the work returns a refused <see cref="Result{T}"/>, or throws, nothing is saved. When another process changed the same rows
    /// meanwhile, the work runs again on fresh data, so it must not have effects outside the context.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work; it need not save.</param>
    /// <param name="cancellationToken">Gives up; nothing is saved.</param>
    /// <returns>What the work gave, once it is committed.</returns>
    /// <exception cref="InvalidOperationException">Called inside another write: pass the context on instead.</exception>
    public Task<T> WriteAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) =>
        RunAsync(work, keep: true, cancellationToken);

    /// <summary>Like <see cref="WriteAsync{T}"/>, and then takes everything back: shows what a write would give.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the work gave; nothing is saved.</returns>
    public Task<T> RehearseAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) =>
        RunAsync(work, keep: false, cancellationToken);

    /// <summary>Like <see cref="WriteAsync{T}"/>, for work that gives nothing.</summary>
    /// <param name="work">The work; it need not save.</param>
    /// <param name="cancellationToken">Gives up; nothing is saved.</param>
    /// <returns>A task that ends when the work is committed.</returns>
    public Task WriteAsync(Func<EcosystemDbContext, CancellationToken, Task> work, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellationToken);

    /// <summary>Reads with the eyes of an actor: of a partner's actor only that partner's rows are seen. Nothing is tracked.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="actor">Who reads.</param>
    /// <param name="work">The reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was read.</returns>
    public Task<T> ReadAsync<T>(Actor actor, Func<EcosystemDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) =>
        ReadAsync(actor.Partner, work, cancellationToken);

    /// <summary>
    /// Reads everything, for the system's own purposes. Nothing is tracked. What comes of it may leave the system, so it is on disk by then.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="work">The reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was read.</returns>
    public async Task<T> ReadAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        var result = await ReadAsync(default(PartnerId?), work, cancellationToken);
        await flush.WhenDurableAsync().WaitAsync(cancellationToken);
        return result;
    }

    private async Task<T> RunAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, bool keep, CancellationToken cancellationToken)
    {
        if (Writing.Value)
        {
            throw new InvalidOperationException("A write inside a write would wait for itself; pass the context of the outer one on.");
        }

        var (result, hasMessages) = await RunAloneAsync(work, keep, cancellationToken);
        await flush.WhenDurableAsync();
        if (hasMessages)
        {
            signal.Raise();
        }

        return result;
    }

    private async Task<(T Result, bool HasMessages)> RunAloneAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, bool keep, CancellationToken cancellationToken)
    {
        using var pass = await gate.EnterAsync(cancellationToken);
        Writing.Value = true;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await RunOnceAsync(work, keep, cancellationToken);
                }
                catch (DbUpdateConcurrencyException) when (attempt < Attempts)
                {
                }
            }
        }
        finally
        {
            Writing.Value = false;
        }
    }

    private async Task<T> ReadAsync<T>(PartnerId? scope, Func<EcosystemDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await readers.CreateDbContextAsync(cancellationToken);
        db.PartnerScope = scope;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await work(db, cancellationToken);
    }

    private async Task<(T Result, bool HasMessages)> RunOnceAsync<T>(Func<EcosystemDbContext, CancellationToken, Task<T>> work, bool keep, CancellationToken cancellationToken)
    {
        await using var db = await writers.CreateDbContextAsync(cancellationToken);

        // A unit of work is kept or dropped as a whole. A savepoint around each save would only cost: on SQLite every statement of a large save
        // goes through all pages saved before it.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WriteGate.LockAsync(db, cancellationToken);
        var result = await work(db, cancellationToken);
        if (result is IResult { Refusals.Count: > 0 })
        {
            return (result, false);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (!keep)
        {
            return (result, false);
        }

        flush.Begin();
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            flush.End();
        }

        return (result, db.HasNewOutboxMessages);
    }
}
