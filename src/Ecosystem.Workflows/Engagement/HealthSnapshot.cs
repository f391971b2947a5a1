using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Engagement;

/// <summary>A partner's health on a day. Append-only, one per day.</summary>
public sealed class HealthSnapshot : IPartnerOwned
{
    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The day.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>0 to 100, or null while there is not enough evidence.</summary>
    public decimal? Score { get; init; }

    /// <summary>The colour, or null.</summary>
    public string? Band { get; init; }

    /// <summary>The share of the weight that had evidence.</summary>
    public decimal Coverage { get; init; }

    /// <summary>The drivers, as JSON: a list of <see cref="HealthDriverPoints"/>.</summary>
    public required string DriversJson { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<HealthSnapshot>
    {
        public void Configure(EntityTypeBuilder<HealthSnapshot> builder)
        {
            builder.HasKey(snapshot => new { snapshot.PartnerId, snapshot.AsOf });
            builder.Property(snapshot => snapshot.Band).HasMaxLength(10);
        }
    }
}
