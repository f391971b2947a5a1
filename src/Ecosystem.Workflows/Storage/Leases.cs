using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Sees to it that of several processes on one server one delivers: two would each send every message. The others look on, and take over when
/// it stops, or ten seconds after it died. One that stood still for longer may find that another has begun: what it does has to bear being done
/// twice, as at-least-once delivery does. A SQLite file has one process that delivers, so nothing is asked there.
/// </summary>
/// <param name="contexts">Where contexts come from.</param>
/// <param name="options">Where the facts are stored.</param>
internal sealed class Leases(IDbContextFactory<EcosystemDbContext> contexts, StorageOptions options)
{
    private const int TermInSeconds = 10;
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(TermInSeconds / 4.0);
    private readonly bool alone = options.Provider == DatabaseProvider.Sqlite;
    private readonly string me = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, long> renewed = new(StringComparer.Ordinal);

    /// <summary>Whether this process may do the work now.</summary>
    public bool Holds(string name) =>
        alone || (renewed.TryGetValue(name, out var at) && Stopwatch.GetElapsedTime(at) < TimeSpan.FromSeconds(TermInSeconds));

    /// <summary>Takes the lease as soon as it is free and keeps it until the process stops, then gives it back.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="failed">Told what went wrong when the database could not be asked; it is asked again.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task KeepAsync(string name, Action<Exception> failed, CancellationToken stopping)
    {
        if (alone)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(RenewAfter);
            do
            {
                try
                {
                    await TryTakeAsync(name, stopping);
                }
                catch (Exception error) when (!stopping.IsCancellationRequested)
                {
                    failed(error);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await ReleaseAsync(name);
        }
    }

    /// <summary>Takes a lease, or keeps it for another term.</summary>
    /// <returns>False while another process has it.</returns>
    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Lease>().Where(lease => lease.Name == name && (lease.Owner == me || lease.Until < DateTime.UtcNow)).ExecuteUpdateAsync(
            set => set.SetProperty(lease => lease.Owner, me).SetProperty(lease => lease.Until, lease => DateTime.UtcNow.AddSeconds(TermInSeconds)),
            cancellationToken) == 0)
        {
            renewed.TryRemove(name, out _);
            return false;
        }

        renewed[name] = asked;
        return true;
    }

    /// <summary>Gives a lease back, so that another process need not wait for its end.</summary>
    public async Task ReleaseAsync(string name)
    {
        if (renewed.TryRemove(name, out _))
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Set<Lease>().Where(lease => lease.Name == name && lease.Owner == me).ExecuteUpdateAsync(
                set => set.SetProperty(lease => lease.Until, lease => DateTime.UtcNow));
        }
    }
}
