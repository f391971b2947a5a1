using System.Text.Json;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>
/// Takes files in, through the same commands as pages and programs use. A file is one unit of work: when it cannot be read, or the
/// process dies, nothing of it is kept; rows at fault are left out and reported, and importing a file again changes nothing.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="partners">Takes applications.</param>
/// <param name="deals">Takes registrations.</param>
/// <param name="touchpoints">Takes touchpoints.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class ImportService(StorageSession storage, PartnerService partners, DealService deals, TouchpointService touchpoints, Audit audit, TimeProvider clock)
{
    private static readonly CustomerDetailsValidator CustomerRules = new();

    /// <summary>The columns of a kind of file.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Those it must have, and those it may have.</returns>
    public static (IReadOnlyList<string> Required, IReadOnlyList<string> Optional) Columns(ImportKind kind) =>
        (ImportColumns.Of(kind).Required, ImportColumns.Of(kind).Optional);

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="dryRun">Only says what would happen.</param>
    /// <param name="actor">Who imports: ops.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <returns>What became of every row, or why the file as a whole cannot be read.</returns>
    public async Task<Result<ImportReport>> ImportAsync(ImportFile file, bool dryRun, Actor actor, CancellationToken cancellationToken = default)
    {
        if (actor.Partner is not null || !actor.Has("ops"))
        {
            return Refusal.Forbidden("import files", "ops");
        }

        var columns = ImportColumns.Of(file.Kind);
        var read = CsvTable.Read(file.Name, file.Text, columns.Required, column => columns.Field(file, column));
        if (!read.TryGet(out var table))
        {
            return Result<ImportReport>.Refused([.. read.Refusals.Select(refusal => refusal.Field == file.Name ? refusal with { Field = "file" } : refusal)]);
        }

        if (table.Rows.Count > ImportFile.MaxRows)
        {
            return new Refusal("import.too-long", $"{file.Name} has {table.Rows.Count} rows; a file may have {ImportFile.MaxRows}. Split it.", "file");
        }

        actor = actor with { Source = ActorSource.Import };
        return dryRun
            ? await storage.RehearseAsync((db, token) => ImportAsync(db, file.Kind, table, dryRun, actor, token), cancellationToken)
            : await storage.WriteAsync((db, token) => ImportAsync(db, file.Kind, table, dryRun, actor, token), cancellationToken);
    }

    private async Task<Result<ImportReport>> ImportAsync(EcosystemDbContext db, ImportKind kind, CsvTable table, bool dryRun, Actor actor, CancellationToken cancellationToken)
    {
        var (accepted, duplicates) = (0, 0);
        List<ImportRejection> rejected = [];
        foreach (var row in table.Rows)
        {
            var fields = new ImportRows(row);
            var refusals = await (kind switch
            {
                ImportKind.Accounts => AccountAsync(db, fields, actor, cancellationToken),
                ImportKind.Claims => ClaimAsync(db, fields, actor, cancellationToken),
                ImportKind.Partners => PartnerAsync(db, fields, actor, cancellationToken),
                ImportKind.Opportunities => OpportunityAsync(db, fields, actor, cancellationToken),
                _ => TouchpointAsync(db, fields, actor, cancellationToken),
            });
            if (refusals is null)
            {
                duplicates++;
            }
            else if (refusals.Count > 0)
            {
                rejected.AddRange(refusals.Select(refusal => new ImportRejection(row.Number, ColumnOf(refusal.Field), refusal.Message)));
            }
            else
            {
                accepted++;
                await db.SaveChangesAsync(cancellationToken);
            }

            // Commands add only once nothing speaks against them, so what a refused row left behind is nothing but rows that were looked at.
            db.ChangeTracker.Clear();
        }

        return new ImportReport(accepted, rejected, duplicates, dryRun);
    }

    private static string ColumnOf(string? field) => field switch
    {
        null => "",
        "partnerId" => "partner",
        "dealId" => "deal",
        "contact.name" => "contactName",
        "contact.email" => "contactEmail",
        "contact.phone" => "contactPhone",
        "customer.legalName" => "customer",
        "customer.domain" => "customerDomain",
        "customer.country" => "customerCountry",
        _ => field,
    };

    // Each gives null for a duplicate, the reasons against a row, or none once it is added.
    private async Task<IReadOnlyList<Refusal>?> PartnerAsync(EcosystemDbContext db, ImportRows fields, Actor actor, CancellationToken cancellationToken)
    {
        var application = fields.Partner();
        IReadOnlyList<Refusal> refusals = [.. fields.Refusals, .. PartnerService.Check(application).Where(refusal => !fields.Refusals.Any(known => known.Field == refusal.Field))];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var identity = CompanyIdentity.From(application.LegalName, application.Domain, application.Country, application.TaxId, contactEmail: application.Contact?.Email);
        if (await db.Set<Partner>().AnyAsync(
            partner => (identity.Domain != null && partner.Domain == identity.Domain)
                || (identity.TaxId != null && partner.TaxId == identity.TaxId)
                || (partner.NameKey == identity.NameKey && partner.Country == identity.Country), cancellationToken))
        {
            return null;
        }

        return (await partners.ApplyAsync(db, application, actor, cancellationToken)).Refusals;
    }

    private async Task<IReadOnlyList<Refusal>?> OpportunityAsync(EcosystemDbContext db, ImportRows fields, Actor actor, CancellationToken cancellationToken)
    {
        var partner = await FindPartnerAsync(db, fields, "partner", cancellationToken);
        var registration = fields.Opportunity(partner.IsSuccess ? partner.Value : default);
        IReadOnlyList<Refusal> refusals = [.. partner.Refusals, .. fields.Refusals];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var own = db.Set<Deal>().AsNoTracking().Where(deal => deal.PartnerId == registration.PartnerId);
        if (registration.OpportunityKey is { } key)
        {
            if (await own.AnyAsync(deal => deal.OpportunityKey == key, cancellationToken))
            {
                return null;
            }
        }
        else
        {
            // Without an id of its own an opportunity is known by its customer and products, as long as it is open.
            var name = CompanyName.Key(registration.Customer!.LegalName);
            var products = JsonSerializer.Serialize(registration.Products.Distinct(StringComparer.Ordinal), StoredJson.Options);
            var open = await own.Where(deal => deal.OpportunityKey == null && deal.ProductsJson == products).Select(deal => new { deal.State, deal.CustomerName }).ToListAsync(cancellationToken);
            if (open.Exists(deal => deal.State.IsOpen() && CompanyName.Key(deal.CustomerName) == name))
            {
                return null;
            }
        }

        return (await deals.RegisterAsync(db, registration, actor, cancellationToken)).Refusals;
    }

    private async Task<IReadOnlyList<Refusal>?> TouchpointAsync(EcosystemDbContext db, ImportRows fields, Actor actor, CancellationToken cancellationToken)
    {
        var partner = await FindPartnerAsync(db, fields, "partner", cancellationToken);
        var touch = fields.Touchpoint(partner.IsSuccess ? partner.Value : default);
        var deal = fields.Required("deal", "deal's id");
        IReadOnlyList<Refusal> refusals = [.. partner.Refusals, .. fields.Refusals];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (!EntityId.IsValid(deal))
        {
            return [Refusal.NotFound("deal", deal, "deal")];
        }

        var recorded = await touchpoints.RecordAsync(db, new DealId(deal), touch, actor, cancellationToken);
        return recorded.Refusal?.Code == "touchpoint.duplicate" ? null : recorded.Refusals;
    }

    private async Task<IReadOnlyList<Refusal>?> AccountAsync(EcosystemDbContext db, ImportRows fields, Actor actor, CancellationToken cancellationToken)
    {
        var customer = new CustomerDetails { LegalName = fields.Text("legalName"), Domain = fields.Text("domain"), Country = fields.Country("country") };
        var (employees, revenue, year) = (fields.Whole("employees"), fields.Number("annualRevenue"), fields.Whole("yearEstablished"));
        IReadOnlyList<Refusal> refusals = [.. fields.Refusals, .. CustomerRules.Check(customer)];
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var (name, country) = (customer.LegalName!, customer.Country);
        var identity = CompanyIdentity.From(name, customer.Domain, country, fields.Text("taxId"));
        var key = fields.Text("accountKey") ?? name;
        var account = await db.FindAsync<CustomerAccount>([key], cancellationToken);
        var isNew = account is null;
        account ??= new CustomerAccount { AccountKey = key, LegalName = name, NameKey = identity.NameKey };
        (account.LegalName, account.NameKey, account.Domain, account.Country) = (name, identity.NameKey, identity.Domain, country);
        (account.City, account.Postcode, account.TaxId) = (fields.Text("city"), fields.Text("postcode"), identity.TaxId);
        (account.Industry, account.Parent) = (fields.Text("industry"), fields.Text("parent"));
        (account.Employees, account.AnnualRevenue, account.YearEstablished) = (employees, revenue, year);
        if (isNew)
        {
            db.Add(account);
        }
        else if (!db.ChangeTracker.HasChanges())
        {
            return null;
        }

        account.ImportedAt = clock.GetUtcNow();
        audit.Add(db, actor, isNew ? "account.added" : "account.changed", new Subject("account", key));
        return [];
    }

    private async Task<IReadOnlyList<Refusal>?> ClaimAsync(EcosystemDbContext db, ImportRows fields, Actor actor, CancellationToken cancellationToken)
    {
        var account = await FindAccountAsync(db, fields, cancellationToken);
        var holder = await FindHolderAsync(db, fields, cancellationToken);
        _ = fields.Required("kind", "kind of claim");
        var kind = fields.Choice<AccountClaimKind>("kind", default);
        var (from, until, contact) = (fields.Date("from"), fields.Date("until"), fields.Date("lastContact"));
        IReadOnlyList<Refusal> refusals = [.. account.Refusals, .. holder.Refusals, .. fields.Refusals];
        if (until < from)
        {
            refusals = [.. refusals, new Refusal("import.bad-date", $"The last day {until:yyyy-MM-dd} is before the first, {from:yyyy-MM-dd}.", "until")];
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        var partner = holder.Value;
        var id = AccountClaim.IdOf(account.Value, kind, partner);
        var claim = await db.FindAsync<AccountClaim>([id], cancellationToken);
        var isNew = claim is null;
        claim ??= new AccountClaim { Id = id, AccountKey = account.Value, Kind = kind, PartnerId = partner };
        (claim.ProductsJson, claim.From, claim.Until, claim.LastContactOn) = (JsonSerializer.Serialize(fields.List("products"), StoredJson.Options), from, until, contact);
        if (isNew)
        {
            db.Add(claim);
        }
        else if (!db.ChangeTracker.HasChanges())
        {
            return null;
        }

        audit.Add(db, actor, isNew ? "claim.added" : "claim.changed", new Subject("account", account.Value), null, new { kind, partnerId = partner, from, until });
        return [];
    }

    // Null is the vendor's own team.
    private static async Task<Result<PartnerId?>> FindHolderAsync(EcosystemDbContext db, ImportRows fields, CancellationToken cancellationToken)
    {
        if (fields.Text("holder") is not { } holder)
        {
            return new Refusal("import.missing", $"The holder is missing; give the partner's id, domain or registered name, or {AccountClaim.Direct} for our own team.", "holder");
        }

        if (string.Equals(holder, AccountClaim.Direct, StringComparison.OrdinalIgnoreCase))
        {
            return (PartnerId?)null;
        }

        var found = await FindPartnerAsync(db, fields, "holder", cancellationToken);
        return found.TryGet(out var partner) ? partner : found.Refusal!;
    }

    private static async Task<Result<string>> FindAccountAsync(EcosystemDbContext db, ImportRows fields, CancellationToken cancellationToken)
    {
        if (fields.Text("account") is not { } text)
        {
            return new Refusal("import.missing", "The account is missing; give its key, domain or registered name.", "account");
        }

        var known = await db.Set<CustomerAccount>().AnyAsync(account => account.AccountKey == text, cancellationToken)
            ? text
            : (await CustomerAccounts.RecognizeAsync(db, new CustomerDetails { LegalName = text, Domain = text }, cancellationToken)).AccountKey;
        return known is null ? Refusal.NotFound("account", text, "account") : known;
    }

    private static async Task<Result<PartnerId>> FindPartnerAsync(EcosystemDbContext db, ImportRows fields, string field, CancellationToken cancellationToken)
    {
        var text = fields.Text(field);
        if (text is null)
        {
            return new Refusal("import.missing", $"The {field} is missing; give the partner's id, domain or registered name.", field);
        }

        if (EntityId.IsValid(text) && new PartnerId(text) is var id && await db.Set<Partner>().AnyAsync(partner => partner.Id == id, cancellationToken))
        {
            return id;
        }

        var key = CompanyName.Key(text);
        var domain = RegistrableDomain.Of(text);
        var found = await db.Set<Partner>().AsNoTracking().Where(partner => partner.NameKey == key || (domain != null && partner.Domain == domain)).Select(partner => partner.Id).OrderBy(id => id).Take(2).ToListAsync(cancellationToken);
        return found switch
        {
            [var one] => one,
            [] => Refusal.NotFound("partner", text, field),
            _ => new Refusal("import.ambiguous", $"'{text}' fits several partners; give the id of the one that is meant.", field),
        };
    }
}
