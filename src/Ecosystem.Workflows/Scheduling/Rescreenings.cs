using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Starts the process <c>partner-rescreening</c> for every partner whose screening is due again.</summary>
/// <param name="storage">The database.</param>
/// <param name="onboarding">Knows who is due.</param>
/// <param name="cases">Starts processes.</param>
/// <param name="clock">The time.</param>
public sealed class Rescreenings(StorageSession storage, OnboardingService onboarding, CaseLauncher cases, TimeProvider clock)
{
    /// <summary>The definition of the process.</summary>
    public const string Definition = "partner-rescreening";

    /// <summary>Starts what is due; again on the same day starts nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many processes were started; none while operations have no version of the definition published.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var started = 0;
        foreach (var partner in await onboarding.RescreeningDueAsync(day, cancellationToken))
        {
            started += await storage.WriteAsync(
                async (db, token) =>
                {
                    if (!await db.Set<DefinitionVersion>().AnyAsync(version => version.DefinitionId == Definition && version.State == VersionState.Published, token)
                        || await db.Set<CaseRecord>().AnyAsync(record => record.Kind == Definition && record.PartnerId == partner && (record.Status == CaseStatus.Running || record.Status == CaseStatus.Starting), token)
                        || await db.Set<CaseRecord>().FindAsync([CaseOf(partner, day)], token) is not null)
                    {
                        return 0;
                    }

                    await cases.AddAsync(db, Definition, partner, partner, caseId: CaseOf(partner, day), cancellationToken: token);
                    return 1;
                },
                cancellationToken);
        }

        return started;
    }

    private static CaseId CaseOf(PartnerId partner, DateOnly day) => new($"rescreen-{partner}-{day:yyyyMMdd}");
}
