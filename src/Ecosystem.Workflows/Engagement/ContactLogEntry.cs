using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Engagement;

/// <summary>What became of one message to one person. Append-only; the budget is counted from it.</summary>
public sealed class ContactLogEntry
{
    /// <summary>The order; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>The id of the person; never an address.</summary>
    public required string PersonId { get; init; }

    /// <summary>The category of the message.</summary>
    public required string Category { get; init; }

    /// <summary>What it was about.</summary>
    public required string SubjectId { get; init; }

    /// <summary><c>send</c>, <c>merge</c>, <c>defer</c> or <c>drop</c>.</summary>
    public required string Action { get; init; }

    /// <summary>It counted against the budget.</summary>
    public bool Counts { get; init; }

    /// <summary>The budget was passed over.</summary>
    public bool Bypass { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When a merged or deferred message went out after all, or null.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The decision.</summary>
    public DecisionId DecisionId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContactLogEntry>
    {
        public void Configure(EntityTypeBuilder<ContactLogEntry> builder)
        {
            builder.HasKey(entry => entry.Sequence);
            builder.Property(entry => entry.Sequence).ValueGeneratedOnAdd();
            builder.Property(entry => entry.PersonId).HasMaxLength(EntityId.MaxLength);
            builder.Property(entry => entry.Category).HasMaxLength(20);
            builder.Property(entry => entry.Action).HasMaxLength(10);
            builder.HasIndex(entry => new { entry.PersonId, entry.At });
        }
    }
}
