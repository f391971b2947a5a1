using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Partners;

/// <summary>A partner company, from its application to the end of the partnership.</summary>
public sealed class Partner : IVersioned
{
    /// <summary>Its id.</summary>
    public PartnerId Id { get; init; }

    /// <summary>The registered name.</summary>
    public required string LegalName { get; set; }

    /// <summary>The name in comparable form; see <see cref="Matching.CompanyName.Key"/>.</summary>
    public required string NameKey { get; set; }

    /// <summary>The registrable domain of its site, or null.</summary>
    public string? Domain { get; set; }

    /// <summary>ISO 3166 alpha-2 country.</summary>
    public required string Country { get; set; }

    /// <summary>City, or null.</summary>
    public string? City { get; set; }

    /// <summary>Postcode, or null.</summary>
    public string? Postcode { get; set; }

    /// <summary>Tax or register number, or null.</summary>
    public string? TaxId { get; set; }

    /// <summary>What kind of partner it is.</summary>
    public PartnerType Type { get; set; }

    /// <summary>The sales region it belongs to.</summary>
    public string? Region { get; set; }

    /// <summary>Industries it serves, as a JSON list of texts.</summary>
    public string IndustriesJson { get; set; } = "[]";

    /// <summary>Revenue a year it expects to bring, in the programme's currency.</summary>
    public decimal ExpectedAnnualRevenue { get; set; }

    /// <summary>Discount asked for in the application, in per cent.</summary>
    public decimal RequestedDiscount { get; set; }

    /// <summary>The company was found in a public register, or is known to us from before.</summary>
    public bool RegistryVerified { get; set; }

    /// <summary>Where the partnership stands.</summary>
    public PartnerStatus Status { get; set; }

    /// <summary>The step of the lifecycle that pages show, for example <c>Screening</c>.</summary>
    public string Stage { get; set; } = "Application";

    /// <summary>Its tier.</summary>
    public PartnerTier Tier { get; set; }

    /// <summary>Its health, 0 to 100; null while there is not enough evidence.</summary>
    public decimal? Health { get; set; }

    /// <summary>Its health as a colour: <c>green</c>, <c>yellow</c> or <c>red</c>; null while there is not enough evidence.</summary>
    public string? HealthBand { get; set; }

    /// <summary>A valid tax form is on file, so that payments need not be held.</summary>
    public bool TaxFormOnFile { get; set; }

    /// <summary>It has no overdue payments.</summary>
    public bool GoodStanding { get; set; } = true;

    /// <summary>The onboarding case, or the last case that changed its status.</summary>
    public CaseId? CaseId { get; set; }

    /// <summary>The partner that absorbed this duplicate, or null.</summary>
    public PartnerId? MergedInto { get; set; }

    /// <summary>When it applied.</summary>
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>When it became active for the first time, or null.</summary>
    public DateTimeOffset? ActivatedAt { get; set; }

    /// <summary>When somebody of the partner last did something here.</summary>
    public DateTimeOffset LastActivityAt { get; set; }

    /// <summary>When the partnership ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why the status is what it is, in words.</summary>
    public string? StatusReason { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> builder)
        {
            builder.HasKey(partner => partner.Id);
            builder.Property(partner => partner.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
            builder.Property(partner => partner.Domain).HasMaxLength(253).IsUnicode(false);
            builder.Property(partner => partner.TaxId).HasMaxLength(40).IsUnicode(false);
            builder.Property(partner => partner.StatusReason).HasMaxLength(1000);
            builder.HasIndex(partner => new { partner.Status, partner.Tier });
            builder.HasIndex(partner => partner.NameKey);
            builder.HasPartnerScope((partner, scope) => partner.Id == scope);
        }
    }
}
