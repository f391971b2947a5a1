using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>That the partner of a deal was warned on a day, so that nobody is warned twice.</summary>
internal sealed class ProtectionWarning
{
    public DealId DealId { get; init; }

    public DateOnly On { get; init; }

    public int Days { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProtectionWarning>
    {
        public void Configure(EntityTypeBuilder<ProtectionWarning> builder)
        {
            builder.HasKey(warning => new { warning.DealId, warning.On });
            builder.HasIndex(warning => warning.On);
        }
    }
}
