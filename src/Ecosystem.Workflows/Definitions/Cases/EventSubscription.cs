using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Says that a case waits for an event that anybody may publish.</summary>
internal sealed class EventSubscription
{
    public required CaseId CaseId { get; init; }

    public required long Request { get; init; }

    public required string Name { get; init; }

    public string? CorrelationId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EventSubscription>
    {
        public void Configure(EntityTypeBuilder<EventSubscription> builder)
        {
            builder.HasKey(subscription => new { subscription.CaseId, subscription.Request, subscription.Name });
            builder.HasIndex(subscription => subscription.Name);
        }
    }
}
