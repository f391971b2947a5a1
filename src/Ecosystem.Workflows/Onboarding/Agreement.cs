using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>A partner agreement: which text in which version was sent, and who signed it when.</summary>
public sealed class Agreement : IPartnerOwned, IVersioned
{
    /// <summary>Its id: made from the partner, the template and its version, so that sending again changes nothing.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The template.</summary>
    public required string Template { get; init; }

    /// <summary>The version of the template.</summary>
    public required string TemplateVersion { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was signed, or null.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>The id of who signed it for the partner, or null.</summary>
    public string? SignedBy { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Agreement>
    {
        public void Configure(EntityTypeBuilder<Agreement> builder)
        {
            builder.HasKey(agreement => agreement.Id);
            builder.Property(agreement => agreement.Id).HasMaxLength(250);
            builder.HasIndex(agreement => agreement.PartnerId);
        }
    }
}
