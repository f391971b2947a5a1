using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>
/// Screens payees again before they are paid, against the sanctions list as it is then. The ruleset <c>onboarding-screening</c> says whether a
/// resemblance has to be looked at; a payee somebody has compared stays free for that version of the list, until its bank details change.
/// </summary>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
internal sealed class PayeeScreenings(DecisionService decisions, Audit audit, TimeProvider clock)
{
    private const string Block = "block";
    private const string Cleared = "cleared";
    private const string Nothing = "approve";

    // Less alike than this the rules ask nobody to look, so they are not asked either.
    private const decimal Candidate = 0.6m;

    /// <summary>Screens payees inside a unit of work; what was found before is found again without another decision.</summary>
    public async Task<PayeeScreening> ScreenAsync(EcosystemDbContext db, IReadOnlyCollection<PayeeProfile> payees, Actor actor, CancellationToken cancellationToken)
    {
        var list = await db.Set<WatchlistEntry>().AsNoTracking().Where(entry => entry.Kind == WatchlistKind.Sanctions).ToListAsync(cancellationToken);
        if (list.Count == 0 || payees.Count == 0)
        {
            return new PayeeScreening(list.Count == 0 ? "" : list[0].ListVersion, []);
        }

        var ids = payees.Select(payee => payee.PartnerId).ToList();
        var version = $"Payout: {WatchlistKind.Sanctions} {list[0].ListVersion}";
        var partners = await db.Set<Partner>().AsNoTracking().Where(partner => ids.Contains(partner.Id)).ToDictionaryAsync(partner => partner.Id, cancellationToken);
        var people = (await db.Set<PartnerContact>().AsNoTracking().Where(contact => ids.Contains(contact.PartnerId)).Select(contact => new { contact.PartnerId, contact.Name }).ToListAsync(cancellationToken))
            .ToLookup(contact => contact.PartnerId, contact => contact.Name);
        var known = (await db.Set<Screening>().AsNoTracking().Where(row => ids.Contains(row.PartnerId) && row.ListVersions == version).ToListAsync(cancellationToken)).ToLookup(row => row.PartnerId);
        var hits = new List<PayeeHit>();
        foreach (var payee in payees.OrderBy(payee => payee.PartnerId.Value, StringComparer.Ordinal))
        {
            var partner = partners.GetValueOrDefault(payee.PartnerId);
            string?[] names = [payee.Details.Party.Name, partner?.LegalName, .. people[payee.PartnerId]];
            var (name, entry, score) = Closest(names.OfType<string>(), list);
            if (score < Candidate)
            {
                continue;
            }

            var last = known[payee.PartnerId].Where(row => row.At >= payee.EditedAt).MaxBy(row => row.Sequence)?.Outcome
                ?? (partner is null ? Block : Decide(db, partner, name, score, version, actor));
            if (last is not (Cleared or Nothing))
            {
                var because = last == Block ? "matches" : "resembles";
                hits.Add(new PayeeHit(payee.PartnerId, name, entry, score, $"'{name}' {because} '{entry}' on the sanctions list {list[0].ListVersion}; compliance has to compare them"));
            }
        }

        return new PayeeScreening(list[0].ListVersion, hits);
    }

    /// <summary>Records that somebody has compared payees with the list, inside a unit of work: those named as the same stay held, the others are free.</summary>
    public async Task RecordAsync(
        EcosystemDbContext db, IReadOnlyCollection<PartnerId> compared, IReadOnlyCollection<PartnerId> same, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = (await db.Set<Screening>().AsNoTracking().Where(row => compared.Contains(row.PartnerId) && EF.Functions.Like(row.ListVersions, "Payout: %")).ToListAsync(cancellationToken)).ToLookup(row => row.PartnerId);
        foreach (var partner in compared.Distinct())
        {
            if (rows[partner].MaxBy(row => row.Sequence) is not { } last)
            {
                continue;
            }

            var isSame = same.Contains(partner);
            db.Add(new Screening
            {
                PartnerId = partner,
                Outcome = isSame ? Block : Cleared,
                Risk = last.Risk,
                ReviewRole = last.ReviewRole,
                TaxForm = last.TaxForm,
                ListVersions = last.ListVersions,
                RescreenOn = last.RescreenOn,
                DecisionId = last.DecisionId,
                At = now,
            });
            audit.Add(db, actor, isSame ? "partner.screening-confirmed" : "partner.screening-cleared", partner, reason, new { lists = last.ListVersions, decisionId = last.DecisionId });
        }
    }

    private static (string Name, string Entry, decimal Score) Closest(IEnumerable<string> names, List<WatchlistEntry> list)
    {
        var best = (Name: "", Entry: "", Score: 0m);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var key = CompanyName.Key(name);
            foreach (var entry in list)
            {
                var score = CompanyMatch.NamesAlike(entry.NameKey, key);
                if (score > best.Score)
                {
                    best = (name, entry.Name, score);
                }
            }
        }

        return best;
    }

    // Everything but the resemblance was looked at when the partner was taken on.
    private string Decide(EcosystemDbContext db, Partner partner, string name, decimal score, string version, Actor actor)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["legalName"] = name,
            ["country"] = partner.Country,
            ["partnerType"] = partner.Type.ToString().ToLowerInvariant(),
            ["emailDomain"] = partner.Domain ?? "",
            ["companyDomain"] = partner.Domain,
            ["freeMailDomain"] = false,
            ["registryVerified"] = true,
            ["duplicateScore"] = 0m,
            ["competitorScore"] = 0m,
            ["sanctionsScore"] = score,
            ["politicallyExposed"] = false,
            ["highRiskCountry"] = false,
            ["expectedAnnualRevenue"] = 0m,
            ["requestedDiscount"] = 0m,
        };
        var decision = decisions.Decide(db, "onboarding-screening", today, inputs, partner.Id, actor);
        var gate = decision.Records("gates").FirstOrDefault(gate => gate.GetValueOrDefault("gate") is "screening");
        var outcome = gate is null ? Nothing : gate.GetValueOrDefault("status") is Block ? Block : "review";
        db.Add(Screening.Of(partner.Id, decision, outcome, version, now));
        if (gate is not null)
        {
            audit.Add(db, actor, "partner.screened", partner.Id, decision.Reason, new { outcome, decisionId = decision.Id, lists = version });
        }

        return outcome;
    }
}
