using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Attribution;

/// <summary>What a partner is credited of a won deal. The credits of a deal sum to its amount exactly. Append-only.</summary>
public sealed class DealCredit : IPartnerOwned
{
    /// <summary>The deal.</summary>
    public DealId DealId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>In which role.</summary>
    public CreditRole Role { get; init; }

    /// <summary>The share in per cent; the shares of a deal sum to 100.00 exactly.</summary>
    public decimal Share { get; init; }

    /// <summary>The credited amount.</summary>
    public Money Amount { get; init; }

    /// <summary>What the split rests on: <c>ruling</c>, <c>touchpoints</c> or <c>registration</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>The decision that split the deal.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>When it was credited.</summary>
    public DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DealCredit>
    {
        public void Configure(EntityTypeBuilder<DealCredit> builder)
        {
            builder.HasKey(credit => new { credit.DealId, credit.PartnerId });
            builder.HasIndex(credit => credit.PartnerId);
            builder.Property(credit => credit.Basis).HasMaxLength(20);
        }
    }
}
