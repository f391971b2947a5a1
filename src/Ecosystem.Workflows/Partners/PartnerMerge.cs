using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Partners;

/// <summary>A duplicate that was merged into another partner, with what it takes to undo it.</summary>
internal sealed class PartnerMerge
{
    public required string Id { get; init; }

    public PartnerId SurvivorId { get; init; }

    public PartnerId AbsorbedId { get; init; }

    public DateTimeOffset MergedAt { get; init; }

    public required string MergedBy { get; init; }

    public required string Reason { get; init; }

    /// <summary>A <see cref="MergeSnapshot"/>: both partners and what moved.</summary>
    public required string SnapshotJson { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartnerMerge>
    {
        public void Configure(EntityTypeBuilder<PartnerMerge> builder)
        {
            builder.HasKey(merge => merge.Id);
            builder.HasIndex(merge => merge.AbsorbedId);
            builder.Property(merge => merge.Id).HasMaxLength(EntityId.MaxLength).IsUnicode(false);
        }
    }
}
