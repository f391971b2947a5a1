using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Attribution;

/// <summary>A share of a deal that was fixed by ruling on a conflict. The shares of a deal sum to 100.00 per cent exactly.</summary>
public sealed class SplitShare : IPartnerOwned
{
    /// <summary>The deal.</summary>
    public DealId DealId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>In which role.</summary>
    public CreditRole Role { get; init; }

    /// <summary>The share in per cent, with two decimals.</summary>
    public decimal Share { get; init; }

    /// <summary>The conflict that was ruled on.</summary>
    public ConflictId ConflictId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SplitShare>
    {
        public void Configure(EntityTypeBuilder<SplitShare> builder)
        {
            builder.HasKey(share => new { share.DealId, share.PartnerId });
            builder.HasIndex(share => share.ConflictId);
        }
    }
}
