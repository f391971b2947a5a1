using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Deals;

/// <summary>
/// A key under which an open deal is found when a new one may be the same opportunity. Rows exist only while the deal is open, so the
/// table stays as small as the pipeline.
/// </summary>
internal sealed class DealKey
{
    public required string Key { get; init; }

    public DealId DealId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DealKey>
    {
        public void Configure(EntityTypeBuilder<DealKey> builder)
        {
            builder.HasKey(key => new { key.Key, key.DealId });
            builder.HasIndex(key => key.DealId);
        }
    }
}
