using System.Text.Json;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Partners;

/// <summary>Partners: applying, looking up, people, duplicates.</summary>
/// <param name="storage">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="cases">Starts processes.</param>
/// <param name="clock">The time.</param>
public sealed class PartnerService(StorageSession storage, Audit audit, CaseLauncher cases, TimeProvider clock)
{
    /// <summary>The process that takes an applicant in.</summary>
    internal const string Onboarding = "partner-onboarding";

    private static readonly PartnerApplicationValidator ApplicationRules = new();
    private static readonly PartnerApplicationValidator.ContactDetailsValidator ContactRules = new();

    /// <summary>
    /// Takes in an application and starts its onboarding case. With an id given and known, nothing happens and the answer is the one
    /// given the first time.
    /// </summary>
    /// <param name="application">The application.</param>
    /// <param name="actor">Who applies, or who applies for them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The partner and its case, or why the application cannot be taken in.</returns>
    public Task<Result<PartnerApplied>> ApplyAsync(PartnerApplication application, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => ApplyAsync(db, application, actor, token), cancellationToken);

    /// <summary>Like the public one, inside a unit of work.</summary>
    internal async Task<Result<PartnerApplied>> ApplyAsync(EcosystemDbContext db, PartnerApplication application, Actor actor, CancellationToken cancellationToken)
    {
        if (application.Id is { } known && await db.Set<Partner>().AsNoTracking().FirstOrDefaultAsync(partner => partner.Id == known, cancellationToken) is { } existing)
        {
            return new PartnerApplied(existing.Id, existing.CaseId ?? OnboardingCase(existing.Id));
        }

        var refusals = Check(application);
        if (application.Contact is null && actor.Source != ActorSource.Import)
        {
            refusals = [.. refusals, new Refusal("partner.contact-missing", "The contact is missing; give the name and the company e-mail address of the person who applies.", "contact")];
        }
        else if (application.Contact is { Email: null or "" } && actor.Source != ActorSource.Import)
        {
            refusals = [.. refusals, new Refusal("partner.contact-missing", "The contact's e-mail address is missing; give one at the company's domain.", "contact.email")];
        }

        if (application.RegistryVerified && actor is { Source: not ActorSource.Import } && (actor.Partner is not null || !actor.Has("ops")))
        {
            refusals = [.. refusals, new Refusal("partner.registry-verified", "Only ops or an import may state that a company was verified; leave it out.", "registryVerified")];
        }

        if (refusals.Count > 0)
        {
            return Result<PartnerApplied>.Refused(refusals);
        }

        var now = clock.GetUtcNow();
        var id = application.Id ?? PartnerId.New(now);
        var caseId = OnboardingCase(id);
        var identity = CompanyIdentity.From(
            application.LegalName, application.Domain, application.Country, application.TaxId, application.City, application.Postcode, application.Contact?.Email);
        var partner = new Partner
        {
            Id = id,
            LegalName = application.LegalName!.Trim(),
            NameKey = identity.NameKey,
            Domain = RegistrableDomain.Of(application.Domain),
            Country = identity.Country!,
            City = Trimmed(application.City),
            Postcode = Trimmed(application.Postcode),
            TaxId = identity.TaxId,
            Type = application.Type,
            Region = Trimmed(application.Region),
            IndustriesJson = JsonSerializer.Serialize(application.Industries, StoredJson.Options),
            ExpectedAnnualRevenue = application.ExpectedAnnualRevenue,
            RequestedDiscount = application.RequestedDiscount,
            RegistryVerified = application.RegistryVerified,
            Status = PartnerStatus.Applicant,
            CaseId = caseId,
            AppliedAt = now,
            LastActivityAt = now,
        };
        db.Add(partner);
        db.AddRange(identity.BlockingKeys().Select(key => new PartnerKey { Key = key, PartnerId = id }));
        if (application.Contact is { } contact)
        {
            AddContact(db, id, partner.Country, contact);
        }

        audit.Add(db, actor, "partner.applied", id, null, new { application.Type, country = partner.Country, caseId });
        var input = new
        {
            partnerId = id,
            legalName = partner.LegalName,
            country = partner.Country,
            type = partner.Type,
            region = partner.Region,
        };
        await cases.AddAsync(db, Onboarding, id, id, input, caseId, cancellationToken: cancellationToken);
        return new PartnerApplied(id, caseId);
    }

    /// <summary>Adds a person to a partner. With an id given and known, nothing happens.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="contact">The person.</param>
    /// <param name="actor">Who adds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The person's id, or why not.</returns>
    public Task<Result<ContactId>> AddContactAsync(PartnerId partner, ContactDetails contact, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<ContactId>>(
            async (db, token) =>
            {
                if (contact.Id is { } known && await db.Set<PartnerContact>().AnyAsync(person => person.Id == known, token))
                {
                    return known;
                }

                var refusals = ContactRules.Check(contact);
                if (refusals.Count > 0)
                {
                    return Result<ContactId>.Refused(refusals);
                }

                if (!actor.MaySee(partner) || await db.FindAsync<Partner>([partner], token) is not { } owner)
                {
                    return Refusal.NotFound("partner", partner, "partnerId");
                }

                var id = AddContact(db, partner, owner.Country, contact);
                audit.Add(db, actor, "partner.contact-added", partner, null, new { contactId = id });
                return id;
            },
            cancellationToken);

    /// <summary>Looks a partner up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The partner, or null when there is none or the actor may not see it.</returns>
    public Task<PartnerView?> GetAsync(PartnerId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<Partner>().FirstOrDefaultAsync(partner => partner.Id == id, token) is { } found ? PartnerView.Of(found) : null,
        cancellationToken);

    /// <summary>Lists partners by id.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<PartnerView>> FindAsync(PartnerQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var partners = db.Set<Partner>().AsQueryable();
            if (!string.IsNullOrWhiteSpace(query.Text))
            {
                var key = CompanyName.Key(query.Text);
                var text = query.Text.Trim().ToLowerInvariant();
                partners = partners.Where(partner => partner.NameKey.Contains(key) || partner.Domain!.Contains(text));
            }

            if (query.Status is { } status)
            {
                partners = partners.Where(partner => partner.Status == status);
            }

            if (query.Tier is { } tier)
            {
                partners = partners.Where(partner => partner.Tier == tier);
            }

            if (query.Region is { } region)
            {
                partners = partners.Where(partner => partner.Region == region);
            }

            var found = await partners.PageById(partner => partner.Id, page).ToListAsync(token);
            return found.ToPage(page, PartnerView.Of, view => view.Id.Value);
        },
        cancellationToken);

    /// <summary>Lists the people at a partner by name.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The people; none when the actor may not see the partner.</returns>
    public Task<IReadOnlyList<PartnerContact>> ContactsAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<PartnerContact>>(
        actor,
        async (db, token) => await db.Set<PartnerContact>().Where(person => person.PartnerId == partner).OrderBy(person => person.Name).ToListAsync(token),
        cancellationToken);

    /// <summary>Notes that somebody of a partner did something here, for health and re-enablement.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is noted.</returns>
    public Task TouchAsync(PartnerId partner, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return storage.WriteAsync(
            (db, token) => db.Set<Partner>().Where(row => row.Id == partner && row.LastActivityAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivityAt, now), token),
            cancellationToken);
    }

    /// <summary>Puts a tax form on file, or notes that it is no longer valid. Payments are held while none is on file.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="onFile">Whether a valid one is on file.</param>
    /// <param name="actor">Who says so; needs the role finance, ops or system.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True, or why not.</returns>
    public Task<Result<bool>> SetTaxFormAsync(PartnerId partner, bool onFile, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<bool>>(
        async (db, token) =>
        {
            if (!actor.Has("finance") && !actor.Has("ops") && !actor.IsSystem && actor.Source != ActorSource.Import)
            {
                return Refusal.Forbidden("put tax forms on file", "finance");
            }

            if (await db.FindAsync<Partner>([partner], token) is not { } found)
            {
                return Refusal.NotFound("partner", partner, "partnerId");
            }

            if (found.TaxFormOnFile != onFile)
            {
                found.TaxFormOnFile = onFile;
                audit.Add(db, actor, onFile ? "partner.tax-form-filed" : "partner.tax-form-lapsed", partner);
            }

            return true;
        },
        cancellationToken);

    /// <summary>What speaks against an application as it is written, whoever sends it.</summary>
    internal static IReadOnlyList<Refusal> Check(PartnerApplication application) => ApplicationRules.Check(application);

    internal static CaseId OnboardingCase(PartnerId partner) => new($"onboarding-{partner}");

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private ContactId AddContact(EcosystemDbContext db, PartnerId partner, string country, ContactDetails contact)
    {
        var now = clock.GetUtcNow();
        var id = contact.Id ?? ContactId.New(now);
        db.Add(new PartnerContact
        {
            Id = id,
            PartnerId = partner,
            Name = contact.Name!.Trim(),
            Email = Trimmed(contact.Email)?.ToLowerInvariant(),
            Phone = PhoneNumber.ToE164(contact.Phone, country),
            Role = Trimmed(contact.Role) ?? "contact",
            CreatedAt = now,
        });
        return id;
    }
}
