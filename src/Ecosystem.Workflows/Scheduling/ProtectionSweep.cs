using System.Globalization;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>
/// What has to happen every day whatever any single case does: partners are warned that a protection ends, in one query for all deals
/// instead of a timer per deal and warning; deals whose case missed the end are expired; holds that ran out are freed.
/// </summary>
/// <param name="session">The database.</param>
/// <param name="deals">Expires deals.</param>
/// <param name="incentives">Frees holds.</param>
/// <param name="outbox">Tells who listens.</param>
/// <param name="policy">The terms of protection.</param>
/// <param name="clock">The time.</param>
public sealed class ProtectionSweep(StorageSession session, DealService deals, IncentiveService incentives, Outbox outbox, ProtectionPolicy policy, TimeProvider clock)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly Actor Sweeper = Actor.System("protection-sweep");

    /// <summary>Sweeps once. A second sweep on the same day warns nobody twice.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were warned, expired and freed.</returns>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var warned = await WarnAsync(cancellationToken);
        var expired = 0;
        foreach (var id in await deals.OverdueAsync(BatchSize, cancellationToken))
        {
            // A case expires its deal by itself; the sweep comes after it, for deals whose case is gone.
            if (await IsLateAsync(id, cancellationToken) && (await deals.ExpireAsync(id, Sweeper, cancellationToken)).IsSuccess)
            {
                expired++;
            }
        }

        return new SweepResult(warned, expired, await incentives.ReleaseHoldsAsync(Sweeper, cancellationToken));
    }

    private Task<bool> IsLateAsync(DealId id, CancellationToken cancellationToken) => session.ReadAsync(
        (db, token) =>
        {
            var limit = clock.GetUtcNow() - Grace;
            return db.Set<Deal>().AnyAsync(deal => deal.Id == id && deal.ProtectedUntil < limit, token);
        },
        cancellationToken);

    private Task<int> WarnAsync(CancellationToken cancellationToken) => session.WriteAsync(
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var horizon = now.AddDays(policy.WarningDays.Max() + 1);
            var ending = await db.Set<Deal>().AsNoTracking()
                .Where(deal => deal.State == DealState.Protected && deal.ProtectedUntil > now && deal.ProtectedUntil < horizon)
                .Select(deal => new { deal.Id, deal.PartnerId, deal.ProtectedUntil })
                .ToListAsync(token);
            var due = ending
                .Select(deal => (deal.Id, deal.PartnerId, Until: deal.ProtectedUntil!.Value, Days: DateOnly.FromDateTime(deal.ProtectedUntil.Value.UtcDateTime).DayNumber - today.DayNumber))
                .Where(deal => policy.WarningDays.Contains(deal.Days)).ToList();
            var already = await db.Set<ProtectionWarning>().AsNoTracking().Where(warning => warning.On == today).Select(warning => warning.DealId).ToListAsync(token);
            var fresh = due.ExceptBy(already, deal => deal.Id).ToList();
            foreach (var (id, partner, until, days) in fresh)
            {
                db.Add(new ProtectionWarning { DealId = id, On = today, Days = days });
                outbox.Add(db, OutboxKind.Event, id.Value, new
                {
                    type = "deal.protection-ends",
                    dealId = id,
                    partnerId = partner,
                    protectedUntil = until,
                    days,
                    text = string.Create(CultureInfo.InvariantCulture, $"The protection of deal {id} ends in {days} days, on {until:yyyy-MM-dd}. Ask for an extension at least {policy.AskDaysBefore} days before."),
                });
            }

            return fresh.Count;
        },
        cancellationToken);
}
