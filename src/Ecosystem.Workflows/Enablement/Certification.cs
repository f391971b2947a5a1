using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Enablement;

/// <summary>A certificate of a person at a partner, with the day it expires.</summary>
public sealed class Certification : IPartnerOwned
{
    /// <summary>Its id: made from who, what and when, so that granting again changes nothing.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The id of the person, or of the partner when the certificate is the company's.</summary>
    public required string Holder { get; init; }

    /// <summary>What was certified.</summary>
    public required string Name { get; init; }

    /// <summary>How much it proves.</summary>
    public CertificationLevel Level { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly GrantedOn { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly ExpiresOn { get; init; }

    /// <summary>The day it was taken back, or null.</summary>
    public DateOnly? RevokedOn { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Certification>
    {
        public void Configure(EntityTypeBuilder<Certification> builder)
        {
            builder.HasKey(certificate => certificate.Id);
            builder.Property(certificate => certificate.Id).HasMaxLength(300);
            builder.Property(certificate => certificate.Holder).HasMaxLength(EntityId.MaxLength);
            builder.Property(certificate => certificate.Name).HasMaxLength(120);
            builder.HasIndex(certificate => new { certificate.PartnerId, certificate.ExpiresOn });
        }
    }
}
