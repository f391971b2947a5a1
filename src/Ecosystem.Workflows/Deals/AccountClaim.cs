using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Deals;

/// <summary>
/// What a partner, or the vendor's own team, holds of a customer without having registered it: a named account, a contract, an
/// opportunity. Each holder has at most one of a kind on an account.
/// </summary>
internal sealed class AccountClaim
{
    /// <summary>How files and ids call the vendor's own team.</summary>
    public const string Direct = "direct";

    /// <summary>Days before its end in which a contract is up for renewal.</summary>
    public const int RenewalDays = 180;

    /// <summary>Made from account, kind and holder, so that it is known again.</summary>
    public required string Id { get; init; }

    public required string AccountKey { get; init; }

    public AccountClaimKind Kind { get; init; }

    /// <summary>The partner, or null for the vendor's own team.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>The products it is limited to, as a JSON list of names; an empty one for all.</summary>
    public string ProductsJson { get; set; } = "[]";

    /// <summary>The first day, or null when it always was.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day, or null while none is known.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>When the holder last spoke with the customer about the products, or null.</summary>
    public DateOnly? LastContactOn { get; set; }

    public static string IdOf(string accountKey, AccountClaimKind kind, PartnerId? holder) => $"{accountKey}/{kind.ToString().ToLowerInvariant()}/{holder?.Value ?? Direct}";

    /// <summary>The claims on a deal's customer that are in force on a day and touch one of its products, by id.</summary>
    public static async Task<IReadOnlyList<AccountClaim>> OnAsync(EcosystemDbContext db, Deal deal, DateOnly day, CancellationToken cancellationToken)
    {
        if (deal.AccountKey is not { } account)
        {
            return [];
        }

        var claims = await db.Set<AccountClaim>().AsNoTracking()
            .Where(claim => claim.AccountKey == account && (claim.From == null || claim.From <= day) && (claim.Until == null || claim.Until >= day))
            .OrderBy(claim => claim.Id).ToListAsync(cancellationToken);
        return claims.FindAll(claim => claim.Overlap(deal.Products) > 0m);
    }

    /// <summary>Share of the smaller product set that both have, 0 to 1.</summary>
    public decimal Overlap(IReadOnlyCollection<string> products) => JsonSerializer.Deserialize<string[]>(ProductsJson, StoredJson.Options) is { Length: > 0 } own
        ? ProductScope.Overlap(products, own)
        : 1m;

    /// <summary>Tells whether it is a contract that ends so soon that its renewal is due.</summary>
    public bool IsUpForRenewal(DateOnly day) => Kind == AccountClaimKind.Contract && Until <= day.AddDays(RenewalDays);

    internal sealed class Configuration : IEntityTypeConfiguration<AccountClaim>
    {
        public void Configure(EntityTypeBuilder<AccountClaim> builder)
        {
            builder.HasKey(claim => claim.Id);
            builder.Property(claim => claim.Id).HasMaxLength(450);
            builder.HasIndex(claim => claim.AccountKey);
            builder.HasPartnerScope((claim, scope) => claim.PartnerId == scope);
        }
    }
}
