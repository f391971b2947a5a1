using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Partners;

/// <summary>A key under which a partner is found when a new application may be the same company; see <see cref="Matching.CompanyIdentity.BlockingKeys"/>.</summary>
internal sealed class PartnerKey
{
    public required string Key { get; init; }

    public PartnerId PartnerId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerKey>
    {
        public void Configure(EntityTypeBuilder<PartnerKey> builder)
        {
            builder.HasKey(key => new { key.Key, key.PartnerId });
            builder.HasIndex(key => key.PartnerId);
        }
    }
}
