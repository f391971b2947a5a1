using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Deals;

/// <summary>
/// A customer the vendor knows, from its CRM. A registration that names the same company gets its key, so that partners who write the
/// name differently are seen to mean one customer.
/// </summary>
internal sealed class CustomerAccount
{
    /// <summary>The id of the record in the vendor's CRM, else the name.</summary>
    public required string AccountKey { get; init; }

    public required string LegalName { get; set; }

    /// <summary>See <see cref="Partners.Matching.CompanyName.Key"/>.</summary>
    public required string NameKey { get; set; }

    public string? Domain { get; set; }

    public string? Country { get; set; }

    public string? City { get; set; }

    public string? Postcode { get; set; }

    public string? TaxId { get; set; }

    public string? Industry { get; set; }

    /// <summary>The parent company: its account key or name.</summary>
    public string? Parent { get; set; }

    public int? Employees { get; set; }

    /// <summary>A year's revenue as the CRM has it, in its own unit.</summary>
    public decimal? AnnualRevenue { get; set; }

    public int? YearEstablished { get; set; }

    public DateTimeOffset ImportedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CustomerAccount>
    {
        public void Configure(EntityTypeBuilder<CustomerAccount> builder)
        {
            builder.HasKey(account => account.AccountKey);
            builder.HasIndex(account => account.Domain);
            builder.HasIndex(account => account.NameKey);
        }
    }
}
