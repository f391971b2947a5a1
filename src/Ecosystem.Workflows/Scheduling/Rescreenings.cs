using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Starts the process <c>partner-rescreening</c> for every partner whose screening is due again.</summary>
public sealed class Rescreenings
{
    /// <summary>The definition of the process.</summary>
    public const string Definition = "partner-rescreening";

    private readonly StorageSession storage;
    private readonly OnboardingService onboarding;
    private readonly PartnerCases cases;
    private readonly TimeProvider clock;

    internal Rescreenings(StorageSession storage, OnboardingService onboarding, PartnerCases cases, TimeProvider clock)
    {
        this.storage = storage;
        this.onboarding = onboarding;
        this.cases = cases;
        this.clock = clock;
    }

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
