using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Deals;

/// <summary>One edge a deal went: from where to where, when, by whom and why. Append-only.</summary>
public sealed class DealHistoryEntry : IPartnerOwned, IAppendOnly
{
    /// <summary>The order of the edges; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>The deal.</summary>
    public DealId DealId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>What was done.</summary>
    public DealAction Action { get; init; }

    /// <summary>The state before.</summary>
    public DealState From { get; init; }

    /// <summary>The state after.</summary>
    public DealState To { get; init; }

    /// <summary>Why, in words.</summary>
    public required string ReasonText { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The id of who did it.</summary>
    public required string ActorId { get; init; }

    /// <summary>The decision it rests on, or null.</summary>
    public DecisionId? DecisionId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DealHistoryEntry>
    {
        public void Configure(EntityTypeBuilder<DealHistoryEntry> builder)
        {
            builder.HasKey(entry => entry.Sequence);
            builder.Property(entry => entry.Sequence).ValueGeneratedOnAdd();
            builder.HasIndex(entry => entry.DealId);
        }
    }
}
