using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Engagement;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Looks at the health of every active partner and starts the process <c>re-enablement</c> for those that went quiet.</summary>
/// <param name="storage">The database.</param>
/// <param name="health">Knows who shows signs of trouble.</param>
/// <param name="cases">Starts processes.</param>
/// <param name="clock">The time.</param>
public sealed class ReEnablements(StorageSession storage, HealthService health, CaseLauncher cases, TimeProvider clock)
{
    // Whoever went through the whole ladder is left alone for as long as it takes. Who is new has nothing to show yet.
    private static readonly TimeSpan Pause = TimeSpan.FromDays(90);
    private static readonly TimeSpan Newcomer = TimeSpan.FromDays(45);

    /// <summary>
    /// Starts an episode for every active partner that shows a sign of trouble and has none, nor had one in the last 90 days. Who was activated less
    /// than 45 days ago, or is accompanied by its onboarding, is left to that.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many episodes were started.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var actor = Actor.System("re-enablement");
        var started = 0;
        foreach (var partner in await CandidatesAsync(now - Newcomer, now - Pause, cancellationToken))
        {
            var id = new CaseId($"reenable-{partner}-{now:yyyyMMdd}");
            started += await storage.WriteAsync(
                async (db, token) =>
                {
                    var found = await health.EvaluateAsync(db, partner, null, null, actor, token);
                    return found.TryGet(out var finding) && finding.Start && await cases.TryAddAsync(db, HealthService.Ladder, partner, id, token);
                },
                cancellationToken) ? 1 : 0;
        }

        return started;
    }

    private Task<IReadOnlyList<PartnerId>> CandidatesAsync(DateTimeOffset activated, DateTimeOffset ended, CancellationToken cancellationToken) => storage.ReadAsync<IReadOnlyList<PartnerId>>(
        async (db, token) => await db.Set<Partner>()
            .Where(partner => partner.Status == PartnerStatus.Active && partner.ActivatedAt <= activated
                && !db.Set<CaseRecord>().Any(record => record.PartnerId == partner.Id
                    && ((record.Kind == HealthService.Ladder && (record.EndedAt == null || record.EndedAt > ended)) || (record.Kind == PartnerService.Onboarding && record.EndedAt == null))))
            .OrderBy(partner => partner.Id).Select(partner => partner.Id).ToListAsync(token),
        cancellationToken);
}
