using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Attribution;

/// <summary>Something a partner did for a deal, with its evidence. Append-only.</summary>
public sealed class Touchpoint : IPartnerOwned
{
    /// <summary>Its id.</summary>
    public TouchpointId Id { get; init; }

    /// <summary>The deal.</summary>
    public DealId DealId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>What the partner did.</summary>
    public TouchRole Role { get; init; }

    /// <summary>When it happened.</summary>
    public DateOnly OccurredOn { get; init; }

    /// <summary>How well it is proven, 0 to 1.</summary>
    public decimal Confidence { get; init; }

    /// <summary>The evidence, in words.</summary>
    public string? EvidenceText { get; init; }

    /// <summary>The partner referred itself.</summary>
    public bool SelfReferral { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The id of who recorded it.</summary>
    public required string RecordedBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Touchpoint>
    {
        public void Configure(EntityTypeBuilder<Touchpoint> builder)
        {
            builder.HasKey(touch => touch.Id);
            builder.HasIndex(touch => touch.DealId);
            builder.HasIndex(touch => touch.PartnerId);
        }
    }
}
