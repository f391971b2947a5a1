using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>What happens to a partner between its application and its first deal: screening, agreement, access, activation; and the end.</summary>
/// <param name="storage">The database.</param>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="events">Tells running processes what happened.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class OnboardingService(StorageSession storage, DecisionService decisions, CaseEvents events, Audit audit, TimeProvider clock)
{
    /// <summary>Signs the agreement that was sent last. Again changes nothing.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who signs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The agreement, or why it cannot be signed.</returns>
    public Task<Result<Agreement>> SignAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<Agreement>>(
        async (db, token) =>
        {
            if (!actor.MaySee(partner) || await db.FindAsync<Partner>([partner], token) is not { } owner)
            {
                return Refusal.NotFound("partner", partner, "partnerId");
            }

            var agreements = await db.Set<Agreement>().Where(row => row.PartnerId == partner).ToListAsync(token);
            if (agreements.MaxBy(row => row.SentAt) is not { } agreement)
            {
                return new Refusal("agreement.not-sent", "No agreement was sent yet; it follows once the application is approved.");
            }

            if (agreement.SignedAt is null)
            {
                Sign(db, agreement, actor);
                if (owner.CaseId is { } caseId)
                {
                    events.Add(db, caseId, "agreementSigned", new { partnerId = partner, agreementId = agreement.Id });
                }
            }

            return agreement;
        },
        cancellationToken);

    /// <summary>The agreements of a partner, newest first.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The agreements; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<Agreement>> AgreementsAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<Agreement>>(
        actor,
        async (db, token) => await db.Set<Agreement>().Where(row => row.PartnerId == partner).OrderByDescending(row => row.SentAt).ToListAsync(token),
        cancellationToken);

    /// <summary>Replaces a list that applicants are screened against.</summary>
    /// <param name="kind">What being on the list means.</param>
    /// <param name="version">The version of the list.</param>
    /// <param name="names">The names on it.</param>
    /// <param name="actor">Who replaces it; needs the role compliance or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many names are on it now, or why it cannot be replaced.</returns>
    public Task<Result<int>> ReplaceListAsync(WatchlistKind kind, string version, IReadOnlyCollection<string> names, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<int>>(
        async (db, token) =>
        {
            if (!actor.Has("compliance") && !actor.Has("ops") && !actor.IsSystem)
            {
                return Refusal.Forbidden("replace a screening list", "compliance");
            }

            if (string.IsNullOrWhiteSpace(version) || version.Length > 40)
            {
                return new Refusal("watchlist.version-missing", "The version of the list is missing or longer than 40 characters; every screening names the version it used.", "version");
            }

            await db.Set<WatchlistEntry>().Where(entry => entry.Kind == kind).ExecuteDeleteAsync(token);
            List<string> kept = [.. names.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
            db.AddRange(kept.Select(name => new WatchlistEntry { Kind = kind, Name = name, NameKey = CompanyName.Key(name), ListVersion = version }));
            audit.Add(db, actor, "watchlist.replaced", new Subject("watchlist", kind.ToString()), null, new { version, count = kept.Count });
            return kept.Count;
        },
        cancellationToken);

    /// <summary>Partners whose screening is due again, by day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their ids.</returns>
    public Task<IReadOnlyList<PartnerId>> RescreeningDueAsync(DateOnly day, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<PartnerId>>(
        async (db, token) => await (
            from partner in db.Set<Partner>()
            where partner.Status == PartnerStatus.Active
            let due = db.Set<Screening>().Where(screening => screening.PartnerId == partner.Id).OrderByDescending(screening => screening.Sequence).Select(screening => (DateOnly?)screening.RescreenOn).FirstOrDefault()
            where due <= day
            orderby partner.Id
            select partner.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>Screens a partner inside a unit of work.</summary>
    internal async Task<(Screening Screening, Decision Decision)> ScreenAsync(EcosystemDbContext db, Partner partner, Actor actor, CancellationToken cancellationToken)
    {
        var contact = await db.Set<PartnerContact>().AsNoTracking().Where(row => row.PartnerId == partner.Id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var lists = await db.Set<WatchlistEntry>().AsNoTracking().ToListAsync(cancellationToken);
        var mailDomain = RegistrableDomain.Of(contact?.Email);
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["legalName"] = partner.LegalName,
            ["country"] = partner.Country,
            ["partnerType"] = partner.Type.ToString().ToLowerInvariant(),
            ["emailDomain"] = mailDomain ?? partner.Domain ?? "",
            ["companyDomain"] = partner.Domain,
            ["freeMailDomain"] = RegistrableDomain.IsFreeMail(mailDomain),
            ["registryVerified"] = partner.RegistryVerified,
            ["duplicateScore"] = await DuplicateScoreAsync(db, partner, contact?.Email, cancellationToken),
            ["competitorScore"] = BestMatch(lists, WatchlistKind.Competitor, partner.NameKey),
            ["sanctionsScore"] = Math.Max(BestMatch(lists, WatchlistKind.Sanctions, partner.NameKey), BestMatch(lists, WatchlistKind.Sanctions, CompanyName.Key(contact?.Name))),
            ["politicallyExposed"] = BestMatch(lists, WatchlistKind.PoliticallyExposed, CompanyName.Key(contact?.Name)) >= 0.95m,
            ["highRiskCountry"] = lists.Exists(entry => entry.Kind == WatchlistKind.HighRiskCountry && entry.Name == partner.Country),
            ["expectedAnnualRevenue"] = partner.ExpectedAnnualRevenue,
            ["requestedDiscount"] = partner.RequestedDiscount,
        };
        var decision = decisions.Decide(db, "onboarding-screening", today, inputs, partner.Id, actor);
        var versions = string.Join(", ", lists.GroupBy(entry => entry.Kind).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.First().ListVersion}"));
        var screening = Screening.Of(partner.Id, decision, decision.Text("outcome"), versions, now);
        db.Add(screening);
        if (partner.Status == PartnerStatus.Applicant)
        {
            partner.Stage = "Screening";
        }

        audit.Add(db, actor, "partner.screened", partner.Id, decision.Reason, new { screening.Outcome, screening.Risk, decisionId = decision.Id, lists = screening.ListVersions });
        return (screening, decision);
    }

    /// <summary>The partner that resembles a partner most, and how much; merged and rejected ones do not count.</summary>
    internal static async Task<decimal> DuplicateScoreAsync(EcosystemDbContext db, Partner partner, string? email, CancellationToken cancellationToken)
    {
        var identity = CompanyIdentity.From(partner.LegalName, partner.Domain, partner.Country, partner.TaxId, partner.City, partner.Postcode, email);
        var keys = identity.BlockingKeys();
        var ids = db.Set<PartnerKey>().Where(key => keys.Contains(key.Key) && key.PartnerId != partner.Id).Select(key => key.PartnerId);
        var others = await db.Set<Partner>().AsNoTracking()
            .Where(other => ids.Contains(other.Id) && other.Status != PartnerStatus.Merged && other.Status != PartnerStatus.Rejected).ToListAsync(cancellationToken);
        return others.Select(other => CompanyMatch.Of(identity, CompanyIdentity.From(other.LegalName, other.Domain, other.Country, other.TaxId, other.City, other.Postcode)).Score)
            .DefaultIfEmpty(0m).Max();
    }

    /// <summary>Sends an agreement inside a unit of work; again changes nothing.</summary>
    internal async Task<Agreement> SendAgreementAsync(EcosystemDbContext db, Partner partner, string template, string version, Actor actor, CancellationToken cancellationToken)
    {
        var id = $"{partner.Id}/{template}/{version}";
        if (await db.FindAsync<Agreement>([id], cancellationToken) is { } existing)
        {
            return existing;
        }

        var agreement = new Agreement { Id = id, PartnerId = partner.Id, Template = template, TemplateVersion = version, SentAt = clock.GetUtcNow() };
        db.Add(agreement);
        partner.Stage = "Agreement";
        audit.Add(db, actor, "agreement.sent", partner.Id, null, new { template, version });
        return agreement;
    }

    /// <summary>Gives access inside a unit of work; what was given before stays.</summary>
    internal async Task<IReadOnlyList<string>> ProvisionAsync(EcosystemDbContext db, Partner partner, IReadOnlyList<string> resources, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<string> given = [];
        foreach (var resource in resources)
        {
            var grant = await db.FindAsync<AccessGrant>([partner.Id, resource], cancellationToken);
            if (grant is null)
            {
                db.Add(new AccessGrant { PartnerId = partner.Id, Resource = resource, GrantedAt = now });
                given.Add(resource);
            }
            else if (grant.RevokedAt is not null)
            {
                (grant.GrantedAt, grant.RevokedAt) = (now, null);
                given.Add(resource);
            }
        }

        if (given.Count > 0)
        {
            audit.Add(db, actor, "partner.access-given", partner.Id, null, new { resources = given });
        }

        return given;
    }

    /// <summary>Makes a partner active inside a unit of work; again changes nothing.</summary>
    internal async Task ActivateAsync(EcosystemDbContext db, Partner partner, Actor actor, CancellationToken cancellationToken)
    {
        if (partner.Status == PartnerStatus.Active)
        {
            return;
        }

        if (partner.Status is not (PartnerStatus.Applicant or PartnerStatus.Paused))
        {
            throw new InvalidOperationException($"Partner {partner.Id} is {partner.Status}; only an applicant or a paused partner can become active.");
        }

        var now = clock.GetUtcNow();
        foreach (var agreement in await db.Set<Agreement>().Where(row => row.PartnerId == partner.Id && row.SignedAt == null).ToListAsync(cancellationToken))
        {
            // The process waited for the signature in a task of its own; who completed it stands in the case's history.
            Sign(db, agreement, actor);
        }

        partner.Status = PartnerStatus.Active;
        partner.StatusReason = null;
        partner.Stage = "Active";
        partner.ActivatedAt ??= now;
        partner.LastActivityAt = now;
        audit.Add(db, actor, "partner.activated", partner.Id);
    }

    /// <summary>Turns an application down inside a unit of work; again changes nothing.</summary>
    internal void Reject(EcosystemDbContext db, Partner partner, string reason, Actor actor)
    {
        if (partner.Status == PartnerStatus.Rejected)
        {
            return;
        }

        if (partner.Status != PartnerStatus.Applicant)
        {
            throw new InvalidOperationException($"Partner {partner.Id} is {partner.Status}; only an application can be turned down.");
        }

        partner.Status = PartnerStatus.Rejected;
        partner.StatusReason = reason;
        partner.Stage = "Rejected";
        partner.EndedAt = clock.GetUtcNow();
        audit.Add(db, actor, "partner.rejected", partner.Id, reason);
    }

    /// <summary>Takes access back inside a unit of work; what is not given is left alone.</summary>
    internal async Task RevokeAsync(EcosystemDbContext db, Partner partner, IReadOnlyList<string> resources, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var grant in await db.Set<AccessGrant>().AsTracking().Where(row => row.PartnerId == partner.Id && row.RevokedAt == null && resources.Contains(row.Resource)).ToListAsync(cancellationToken))
        {
            grant.RevokedAt = now;
            audit.Add(db, actor, "partner.access-taken", partner.Id, null, new { resource = grant.Resource });
        }
    }

    /// <summary>Pauses or ends a partnership inside a unit of work: access is taken back; what was earned stays.</summary>
    internal async Task EndAsync(EcosystemDbContext db, Partner partner, bool pause, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var status = pause ? PartnerStatus.Paused : PartnerStatus.Offboarded;
        if (partner.Status == status)
        {
            return;
        }

        var now = clock.GetUtcNow();
        partner.Status = status;
        partner.StatusReason = reason;
        partner.Stage = pause ? "Paused" : "Ended";
        partner.EndedAt = pause ? null : now;
        foreach (var grant in await db.Set<AccessGrant>().Where(row => row.PartnerId == partner.Id && row.RevokedAt == null).ToListAsync(cancellationToken))
        {
            grant.RevokedAt = now;
        }

        audit.Add(db, actor, pause ? "partner.paused" : "partner.offboarded", partner.Id, reason);
    }

    private static decimal BestMatch(List<WatchlistEntry> lists, WatchlistKind kind, string nameKey) =>
        lists.Where(entry => entry.Kind == kind).Select(entry => CompanyMatch.NamesAlike(entry.NameKey, nameKey)).DefaultIfEmpty(0m).Max();

    /// <summary>Signs the agreement that was sent last, inside a unit of work; again changes nothing.</summary>
    internal async Task<Agreement> SignAsync(EcosystemDbContext db, Partner partner, Actor actor, CancellationToken cancellationToken)
    {
        var agreements = await db.Set<Agreement>().AsTracking().Where(row => row.PartnerId == partner.Id).ToListAsync(cancellationToken);
        var agreement = agreements.MaxBy(row => row.SentAt) ?? throw new StepInputException("No agreement was sent to the partner; put Send agreement before this step.");
        if (agreement.SignedAt is null)
        {
            Sign(db, agreement, actor);
        }

        return agreement;
    }

    private void Sign(EcosystemDbContext db, Agreement agreement, Actor actor)
    {
        agreement.SignedAt = clock.GetUtcNow();
        agreement.SignedBy = actor.Id;
        audit.Add(db, actor, "agreement.signed", agreement.PartnerId, null, new { agreement.Template, agreement.TemplateVersion });
    }
}
