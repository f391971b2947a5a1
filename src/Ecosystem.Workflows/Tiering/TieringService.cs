using System.Text.Json;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Enablement;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tiering;

/// <summary>Tiers: judged by the ruleset <c>partner-tiering</c> from the facts as of a day. Promotion at once, demotion only at a scheduled review and after grace.</summary>
/// <param name="storage">The database.</param>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class TieringService(StorageSession storage, DecisionService decisions, Audit audit, TimeProvider clock)
{
    /// <summary>Judges a partner's tier as of today and changes it accordingly.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="scheduled">It is the scheduled review, which may demote.</param>
    /// <param name="actor">Who reviews.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The review, or why the partner cannot be reviewed.</returns>
    public Task<Result<TierReview>> ReviewAsync(PartnerId partner, bool scheduled, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => ReviewAsync(db, partner, scheduled, actor, token), cancellationToken);

    /// <summary>The active partners, for the scheduled review.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their ids in order.</returns>
    public Task<IReadOnlyList<PartnerId>> DueAsync(CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<PartnerId>>(
        async (db, token) => await db.Set<Partner>().Where(partner => partner.Status == PartnerStatus.Active).OrderBy(partner => partner.Id).Select(partner => partner.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>The reviews of a partner, newest first.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reviews; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<TierReview>> HistoryAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<TierReview>>(
        actor,
        async (db, token) => await db.Set<TierReview>().Where(review => review.PartnerId == partner).OrderByDescending(review => review.Sequence).ToListAsync(token),
        cancellationToken);

    /// <summary>The tier a partner held on a day, by its history.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tier; registered before the first review.</returns>
    public Task<PartnerTier> TierOnAsync(PartnerId partner, DateOnly asOf, CancellationToken cancellationToken = default) =>
        storage.ReadAsync((db, token) => TierOnAsync(db, partner, asOf, token), cancellationToken);

    /// <summary>Grants a tier for a time. It takes effect with the next review.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="until">The last day; at most a year away.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="actor">Who grants it; needs the role approver.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True, or why not.</returns>
    public Task<Result<bool>> GrantExceptionAsync(PartnerId partner, PartnerTier tier, DateOnly until, string reason, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<bool>>(
        async (db, token) =>
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            if (!actor.Has("approver"))
            {
                return Refusal.Forbidden("grant a tier", "approver");
            }

            if (until < today || until > today.AddYears(1))
            {
                return new Refusal("tier.exception-until", $"The last day {until:yyyy-MM-dd} is not possible; it must lie between today and a year from now.", "until");
            }

            if (string.IsNullOrWhiteSpace(reason))
            {
                return new Refusal("tier.reason-missing", "The reason is missing; say why the partner is to have the tier without earning it.", "reason");
            }

            if (!await db.Set<Partner>().AnyAsync(row => row.Id == partner, token))
            {
                return Refusal.NotFound("partner", partner, "partnerId");
            }

            db.Add(new TierException { PartnerId = partner, Tier = tier, From = today, Until = until, ReasonText = reason, GrantedBy = actor.Id });
            audit.Add(db, actor, "tier.exception", partner, reason, new { tier, until });
            return true;
        },
        cancellationToken);

    /// <summary>The facts as of a day.</summary>
    internal static async Task<TierFacts> FactsAsync(EcosystemDbContext db, PartnerId partner, DateOnly asOf, CancellationToken cancellationToken)
    {
        var start = TierFacts.WindowStart(asOf);
        var closed = await db.Set<Deal>().AsNoTracking()
            .Where(deal => deal.PartnerId == partner && deal.ClosedOn >= start && deal.ClosedOn <= asOf)
            .Select(deal => new { deal.State, Customer = deal.AccountKey ?? deal.CustomerName })
            .ToListAsync(cancellationToken);
        var won = closed.Where(deal => deal.State == DealState.Won).ToList();
        var wonCustomers = won.Select(deal => deal.Customer).ToHashSet(StringComparer.Ordinal);
        var lost = closed.Where(deal => deal.State == DealState.Lost).Select(deal => deal.Customer).Distinct(StringComparer.Ordinal).Count(customer => !wonCustomers.Contains(customer));
        var levels = await db.Set<Certification>().AsNoTracking()
            .Where(certificate => certificate.PartnerId == partner && certificate.GrantedOn <= asOf && certificate.ExpiresOn >= asOf && (certificate.RevokedOn == null || certificate.RevokedOn > asOf))
            .Select(certificate => new { certificate.Level, certificate.Holder }).Distinct().ToListAsync(cancellationToken);
        var earlier = start.AddMonths(-6);
        var amounts = await (
            from credit in db.Set<DealCredit>().AsNoTracking()
            join deal in db.Set<Deal>() on credit.DealId equals deal.Id
            where credit.PartnerId == partner && deal.ClosedOn >= earlier && deal.ClosedOn <= asOf
            select new { deal.ClosedOn, credit.Amount.Amount }).ToListAsync(cancellationToken);
        var (before, now) = (amounts.Where(row => row.ClosedOn < start).Sum(row => row.Amount), amounts.Where(row => row.ClosedOn >= start).Sum(row => row.Amount));
        return new TierFacts(
            wonCustomers.Count - lost,
            levels.Count(row => row.Level == CertificationLevel.Intermediate),
            levels.Count(row => row.Level == CertificationLevel.Advanced),
            before == 0m ? 0m : Math.Round((now - before) / before * 100m, 2),
            won.Count);
    }

    /// <summary>The tier on a day, inside a unit of work.</summary>
    internal static async Task<PartnerTier> TierOnAsync(EcosystemDbContext db, PartnerId partner, DateOnly asOf, CancellationToken cancellationToken) =>
        await db.Set<TierReview>().AsNoTracking().Where(review => review.PartnerId == partner && review.AsOf <= asOf)
            .OrderByDescending(review => review.Sequence).Select(review => (PartnerTier?)review.To).FirstOrDefaultAsync(cancellationToken) ?? PartnerTier.Registered;

    /// <summary>The partner's last review, inside a unit of work; null before the first.</summary>
    internal static Task<TierReview?> LastReviewAsync(EcosystemDbContext db, PartnerId partner, CancellationToken cancellationToken) =>
        db.Set<TierReview>().AsNoTracking().Where(review => review.PartnerId == partner).OrderByDescending(review => review.Sequence).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Reviews inside a unit of work.</summary>
    internal async Task<Result<TierReview>> ReviewAsync(EcosystemDbContext db, PartnerId id, bool scheduled, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<Partner>([id], cancellationToken) is not { } partner)
        {
            return Refusal.NotFound("partner", id, "partnerId");
        }

        if (partner.Status is not (PartnerStatus.Active or PartnerStatus.Paused))
        {
            return new Refusal("partner.not-active", $"The partner is {partner.Status}; only an active or paused partner has a tier to review.", "partnerId");
        }

        var now = clock.GetUtcNow();
        var asOf = DateOnly.FromDateTime(now.UtcDateTime);
        var last = await LastReviewAsync(db, id, cancellationToken);
        var exceptions = await db.Set<TierException>().AsNoTracking().Where(row => row.PartnerId == id && row.From <= asOf && row.Until >= asOf).ToListAsync(cancellationToken);
        var exception = exceptions.MaxBy(row => (row.Tier, row.Until));
        var facts = await FactsAsync(db, id, asOf, cancellationToken);
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["asOf"] = asOf,
            ["currentTier"] = Lower(partner.Tier),
            ["review"] = scheduled,
            ["belowSince"] = last?.BelowSince,
            ["exceptionTier"] = exception is null ? null : Lower(exception.Tier),
            ["exceptionUntil"] = exception?.Until,
            ["netCustomerAdds"] = facts.NetCustomerAdds,
            ["intermediateCertifications"] = facts.IntermediateCertifications,
            ["advancedCertifications"] = facts.AdvancedCertifications,
            ["usageGrowth"] = facts.UsageGrowth,
            ["deployments"] = facts.Deployments,
        };
        var decision = decisions.Decide(db, "partner-tiering", asOf, inputs, id, actor, id);
        var change = decision.Text("change");
        var review = new TierReview
        {
            PartnerId = id,
            AsOf = asOf,
            From = partner.Tier,
            To = Enum.Parse<PartnerTier>(decision.Text("tier"), ignoreCase: true),
            Change = change,
            Score = decision.Number("score"),
            EarnedTier = Enum.Parse<PartnerTier>(decision.Text("earnedTier"), ignoreCase: true),
            BelowSince = change == "grace" ? last?.BelowSince ?? asOf : null,
            GraceUntil = decision.DateOrNull("graceUntil"),
            GapsJson = JsonSerializer.Serialize(decision.Texts("gaps"), StoredJson.Options),
            Scheduled = scheduled,
            DecisionId = decision.Id,
            At = now,
        };
        db.Add(review);
        if (review.To != partner.Tier)
        {
            audit.Add(db, actor, "partner.tier", id, decision.Reason, new { from = partner.Tier, to = review.To, change, decisionId = decision.Id });
            partner.Tier = review.To;
        }

        return review;
    }

    private static string Lower(PartnerTier tier) => tier.ToString().ToLowerInvariant();
}
