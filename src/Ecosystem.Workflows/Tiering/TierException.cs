using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tiering;

/// <summary>A tier granted for a time, whatever the score says. It ends by itself.</summary>
public sealed class TierException : IPartnerOwned
{
    /// <summary>Its number; given by the database.</summary>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The tier.</summary>
    public PartnerTier Tier { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly Until { get; init; }

    /// <summary>Why, in words.</summary>
    public required string ReasonText { get; init; }

    /// <summary>The id of who granted it.</summary>
    public required string GrantedBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TierException>
    {
        public void Configure(EntityTypeBuilder<TierException> builder)
        {
            builder.HasKey(exception => exception.Sequence);
            builder.Property(exception => exception.Sequence).ValueGeneratedOnAdd();
            builder.HasIndex(exception => new { exception.PartnerId, exception.Until });
        }
    }
}
