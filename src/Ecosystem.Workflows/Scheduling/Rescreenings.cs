using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Storage;

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
            var id = new CaseId($"rescreen-{partner}-{day:yyyyMMdd}");
            started += await storage.WriteAsync((db, token) => cases.TryAddAsync(db, Definition, partner, id, token), cancellationToken) ? 1 : 0;
        }

        return started;
    }
}
