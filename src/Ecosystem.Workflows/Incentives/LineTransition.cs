using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives;

/// <summary>One step in the life of an incentive line; append-only.</summary>
public sealed class LineTransition : IPartnerOwned, IAppendOnly
{
    /// <summary>The line.</summary>
    public LineId LineId { get; init; }

    /// <summary>1, 2, 3 … per line.</summary>
    public int Number { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>Where it stood.</summary>
    public LineStatus From { get; init; }

    /// <summary>Where it stands after.</summary>
    public LineStatus To { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The day of <see cref="At"/> in UTC.</summary>
    public DateOnly On { get; init; }

    /// <summary>Who moved it.</summary>
    public required string ActorId { get; init; }

    /// <summary>Why, in words; null where the step says it all.</summary>
    public string? ReasonText { get; init; }

    /// <summary>The payout run that moved it.</summary>
    public PayoutRunId? RunId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LineTransition>
    {
        public void Configure(EntityTypeBuilder<LineTransition> builder)
        {
            builder.HasKey(step => new { step.LineId, step.Number });
            builder.Property(step => step.ActorId).HasMaxLength(120);
            builder.HasIndex(step => new { step.PartnerId, step.On });
        }
    }
}
