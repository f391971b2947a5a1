using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Access that a partner was given, and when it was taken back.</summary>
public sealed class AccessGrant : IPartnerOwned
{
    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>To what: <c>portal</c>, <c>api</c>, <c>demo-licence</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset GrantedAt { get; set; }

    /// <summary>When it was taken back, or null.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AccessGrant>
    {
        public void Configure(EntityTypeBuilder<AccessGrant> builder)
        {
            builder.HasKey(grant => new { grant.PartnerId, grant.Resource });
            builder.Property(grant => grant.Resource).HasMaxLength(60);
        }
    }
}
