using System.Text.Json;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Enablement;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Engagement;

/// <summary>Health scores and the ladder of re-enablement (ruleset <c>re-enablement-trigger</c>).</summary>
/// <param name="storage">The database.</param>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class HealthService(StorageSession storage, DecisionService decisions, Audit audit, TimeProvider clock)
{
    /// <summary>The process that walks the ladder.</summary>
    internal const string Ladder = "re-enablement";

    private const int WindowDays = 180;
    private const int HalfLifeDays = 60;

    /// <summary>Computes a partner's health as of now, keeps it, and asks what re-enablement makes of it.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it, or why not.</returns>
    public Task<Result<HealthFinding>> EvaluateAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => EvaluateAsync(db, partner, null, null, actor, token), cancellationToken);

    /// <summary>A partner's health over time, newest first.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The snapshots; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<HealthSnapshot>> HistoryAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<HealthSnapshot>>(
        actor,
        async (db, token) => await db.Set<HealthSnapshot>().Where(snapshot => snapshot.PartnerId == partner).OrderByDescending(snapshot => snapshot.AsOf).ToListAsync(token),
        cancellationToken);

    /// <summary>A partner's health as of a day, from the facts: the same for a past day as on that day.</summary>
    internal static async Task<HealthScore> ScoreAsync(EcosystemDbContext db, Partner partner, DateOnly asOf, CancellationToken cancellationToken)
    {
        var since = asOf.AddDays(-WindowDays);
        var from = new DateTimeOffset(since.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var until = new DateTimeOffset(asOf.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var deals = await db.Set<Deal>().AsNoTracking()
            .Where(deal => deal.PartnerId == partner.Id && deal.SubmittedAt < until && (deal.SubmittedAt >= from || deal.ClosedOn >= since))
            .Select(deal => new { deal.SubmittedAt, deal.State, deal.ClosedOn }).ToListAsync(cancellationToken);
        int[] registrations = [.. deals.Where(deal => deal.SubmittedAt >= from).Select(deal => Age(DateOnly.FromDateTime(deal.SubmittedAt.UtcDateTime)))];
        var closed = deals.Where(deal => deal.ClosedOn <= asOf && deal.State is DealState.Won or DealState.Lost).ToList();
        int[] wins = [.. closed.Where(deal => deal.State == DealState.Won).Select(deal => Age(deal.ClosedOn!.Value))];
        var certificates = await db.Set<Certification>().AsNoTracking()
            .CountAsync(row => row.PartnerId == partner.Id && row.GrantedOn <= asOf && row.ExpiresOn >= asOf && (row.RevokedOn == null || row.RevokedOn > asOf), cancellationToken);
        var lastTouch = await db.Set<Touchpoint>().AsNoTracking().Where(touch => touch.PartnerId == partner.Id && touch.OccurredOn <= asOf)
            .OrderByDescending(touch => touch.OccurredOn).Select(touch => (DateOnly?)touch.OccurredOn).FirstOrDefaultAsync(cancellationToken);
        int[] silence = [.. registrations.Append(lastTouch is { } touched ? Age(touched) : int.MaxValue)
            .Append(partner.ActivatedAt is { } activated ? Age(DateOnly.FromDateTime(activated.UtcDateTime)) : int.MaxValue)];
        decimal? activity = silence.Min() == int.MaxValue ? null : silence.Min();
        return HealthScore.Of(
        [
            // Weights as published by vendors of partner systems: revenue 35, engagement 25, enablement 20, pipeline 20.
            new HealthDriver("revenue", 35m, 0m, 5m, closed.Count == 0 && registrations.Length == 0 ? null : HealthScore.Decayed(wins, HalfLifeDays)),
            new HealthDriver("engagement", 25m, 60m, 7m, activity),
            new HealthDriver("enablement", 20m, 0m, 2m, certificates),
            new HealthDriver("pipeline", 20m, 0m, 5m, HealthScore.Decayed(registrations, HalfLifeDays)),
        ]);

        int Age(DateOnly day) => Math.Max(0, asOf.DayNumber - day.DayNumber);
    }

    /// <summary>Evaluates inside a unit of work. Without a day of an episode it is that of the one that runs, so that no second one begins.</summary>
    internal async Task<Result<HealthFinding>> EvaluateAsync(EcosystemDbContext db, PartnerId id, int? episodeDay, int? lastStepDay, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<Partner>([id], cancellationToken) is not { } partner)
        {
            return Refusal.NotFound("partner", id, "partnerId");
        }

        var now = clock.GetUtcNow();
        var asOf = DateOnly.FromDateTime(now.UtcDateTime);
        var health = await ScoreAsync(db, partner, asOf, cancellationToken);
        if (!await db.Set<HealthSnapshot>().AnyAsync(snapshot => snapshot.PartnerId == id && snapshot.AsOf == asOf, cancellationToken))
        {
            db.Add(new HealthSnapshot
            {
                PartnerId = id,
                AsOf = asOf,
                Score = health.Score,
                Band = health.Band,
                Coverage = health.Coverage,
                DriversJson = JsonSerializer.Serialize(health.Drivers, StoredJson.Options),
            });
        }

        if (partner.HealthBand != health.Band)
        {
            audit.Add(db, actor, "partner.health", id, null, new { from = partner.HealthBand, to = health.Band, health.Score });
        }

        partner.Health = health.Score;
        partner.HealthBand = health.Band;
        episodeDay ??= await RunningDayAsync(db, id, now, cancellationToken);
        var inputs = await InputsAsync(db, partner, health, now, episodeDay, lastStepDay, cancellationToken);
        var decision = decisions.Decide(db, "re-enablement-trigger", asOf, inputs, id, actor, id);
        return new HealthFinding(
            health,
            decision.Flag("start"),
            decision.Text("step"),
            (int?)decision.NumberOrNull("nextStepDay"),
            decision.Flag("human"),
            decision.Flag("legalReview"),
            decision.Reason,
            decision.Id);
    }

    private static async Task<int?> RunningDayAsync(EcosystemDbContext db, PartnerId partner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var started = await db.Set<CaseRecord>().AsNoTracking()
            .Where(record => record.Kind == Ladder && record.PartnerId == partner && record.EndedAt == null)
            .Select(record => (DateTimeOffset?)record.StartedAt).FirstOrDefaultAsync(cancellationToken);
        return started is { } began ? (int)(now - began).TotalDays : null;
    }

    private static async Task<Dictionary<string, object?>> InputsAsync(
        EcosystemDbContext db, Partner partner, HealthScore health, DateTimeOffset now, int? episodeDay, int? lastStepDay, CancellationToken cancellationToken)
    {
        var activated = partner.ActivatedAt ?? partner.AppliedAt;
        var lastDeal = await db.Set<Deal>().AsNoTracking().Where(deal => deal.PartnerId == partner.Id).OrderByDescending(deal => deal.SubmittedAt)
            .Select(deal => (DateTimeOffset?)deal.SubmittedAt).FirstOrDefaultAsync(cancellationToken);
        var hasWon = await db.Set<Deal>().AnyAsync(deal => deal.PartnerId == partner.Id && deal.State == DealState.Won, cancellationToken);
        var lastCertificate = await db.Set<Certification>().AsNoTracking().Where(row => row.PartnerId == partner.Id).OrderByDescending(row => row.GrantedOn)
            .Select(row => (DateOnly?)row.GrantedOn).FirstOrDefaultAsync(cancellationToken);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var lastWon = await db.Set<Deal>().AsNoTracking().Where(deal => deal.PartnerId == partner.Id && deal.State == DealState.Won).OrderByDescending(deal => deal.ClosedOn)
            .Select(deal => deal.ClosedOn).FirstOrDefaultAsync(cancellationToken);
        var episodeStart = episodeDay is { } day ? today.AddDays(-day) : (DateOnly?)null;
        var positive = episodeStart is { } start
            && ((lastDeal is { } registered && DateOnly.FromDateTime(registered.UtcDateTime) > start) || lastWon > start || lastCertificate > start);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partnerStatus"] = partner.Status switch
            {
                PartnerStatus.Active => "active",
                PartnerStatus.Paused => "paused",
                PartnerStatus.Applicant => "applicant",
                _ => "offboarded",
            },
            ["health"] = health.Score,
            ["daysSinceRegistration"] = Days(lastDeal ?? activated),
            ["daysSinceLogin"] = Days(partner.LastActivityAt),
            ["daysSinceCertification"] = lastCertificate is { } granted ? Math.Max(0, today.DayNumber - granted.DayNumber) : Days(activated),
            ["daysSinceActivation"] = Days(activated),
            ["hasFirstDeal"] = hasWon,
            ["episodeDay"] = episodeDay,
            ["lastStepDay"] = lastStepDay ?? -1,
            ["positiveEvent"] = positive,
        };

        int Days(DateTimeOffset since) => Math.Max(0, (int)(now - since).TotalDays);
    }
}
