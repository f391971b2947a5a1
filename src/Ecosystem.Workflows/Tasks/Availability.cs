using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>When a person works, who stands in while they are away, and to whom their late tasks go.</summary>
public sealed class Availability : IVersioned
{
    /// <summary>The person.</summary>
    public required string Person { get; init; }

    /// <summary>Who gets the person's tasks while they are away.</summary>
    public string? Substitute { get; set; }

    /// <summary>From when the person is away; null when they are not.</summary>
    public DateTimeOffset? AwayFrom { get; set; }

    /// <summary>Until when; null for until further notice.</summary>
    public DateTimeOffset? AwayUntil { get; set; }

    /// <summary>Who gets the person's tasks once they are late.</summary>
    public string? Manager { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>Whether the person is away at a time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>True when they are.</returns>
    public bool IsAway(DateTimeOffset time) => AwayFrom <= time && (AwayUntil is null || time < AwayUntil);

    internal sealed class Configuration : IEntityTypeConfiguration<Availability>
    {
        public void Configure(EntityTypeBuilder<Availability> builder) => builder.HasKey(availability => availability.Person);
    }
}
