using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Enablement;

/// <summary>A course that a person at a partner is to take.</summary>
public sealed class TrainingAssignment : IPartnerOwned, IVersioned
{
    /// <summary>Its id: made from who and what, so that assigning again changes nothing.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The id of the person, or of the partner when anybody of it may take the course.</summary>
    public required string Learner { get; init; }

    /// <summary>The course.</summary>
    public required string Course { get; init; }

    /// <summary>What the learner gets out of it, in words.</summary>
    public string? WhyText { get; init; }

    /// <summary>When it was assigned.</summary>
    public DateTimeOffset AssignedAt { get; init; }

    /// <summary>The day by which it is to be taken.</summary>
    public DateOnly DueOn { get; init; }

    /// <summary>When it was passed, or null.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<TrainingAssignment>
    {
        public void Configure(EntityTypeBuilder<TrainingAssignment> builder)
        {
            builder.HasKey(assignment => assignment.Id);
            builder.Property(assignment => assignment.Id).HasMaxLength(300);
            builder.Property(assignment => assignment.Learner).HasMaxLength(EntityId.MaxLength);
            builder.Property(assignment => assignment.Course).HasMaxLength(120);
            builder.HasIndex(assignment => assignment.PartnerId);
        }
    }
}
