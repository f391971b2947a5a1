using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tiering;

/// <summary>One judgement of a partner's tier, also when nothing changed. Append-only.</summary>
public sealed class TierReview : IPartnerOwned
{
    /// <summary>The order of the reviews; given by the database.</summary>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The day that was judged.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>The tier before.</summary>
    public PartnerTier From { get; init; }

    /// <summary>The tier from that day.</summary>
    public PartnerTier To { get; init; }

    /// <summary><c>promote</c>, <c>keep</c>, <c>grace</c>, <c>demote</c> or <c>exception</c>.</summary>
    public required string Change { get; init; }

    /// <summary>The capability score, 0 to 100.</summary>
    public decimal Score { get; init; }

    /// <summary>The tier that the score alone would give.</summary>
    public PartnerTier EarnedTier { get; init; }

    /// <summary>Since when the score is too low for the tier; null when it is not.</summary>
    public DateOnly? BelowSince { get; init; }

    /// <summary>The last day of the grace period, or null.</summary>
    public DateOnly? GraceUntil { get; init; }

    /// <summary>What is missing for the next tier, as a JSON list of texts.</summary>
    public required string GapsJson { get; init; }

    /// <summary>It was the scheduled review, which may demote.</summary>
    public bool Scheduled { get; init; }

    /// <summary>The stored decision.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>When it was judged.</summary>
    public DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TierReview>
    {
        public void Configure(EntityTypeBuilder<TierReview> builder)
        {
            builder.HasKey(review => review.Sequence);
            builder.Property(review => review.Sequence).ValueGeneratedOnAdd();
            builder.Property(review => review.Change).HasMaxLength(20);
            builder.HasIndex(review => new { review.PartnerId, review.AsOf });
        }
    }
}
