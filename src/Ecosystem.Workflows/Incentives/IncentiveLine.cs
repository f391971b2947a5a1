using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives;

/// <summary>
/// What a partner earned for one event, with everything that explains it. The facts of a line never change; where it stands is moved
/// by <see cref="LineLifecycle"/> only, which leaves a <see cref="LineTransition"/> for every step. A mistake is corrected by a further line.
/// </summary>
public sealed class IncentiveLine : IPartnerOwned, IVersioned
{
    /// <summary>The id; made from the event, so that one event earns once.</summary>
    public LineId Id { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The deal it was earned on; null for corrections that concern no deal.</summary>
    public DealId? DealId { get; init; }

    /// <summary>What it is for.</summary>
    public LineKind Kind { get; init; }

    /// <summary>The event that earned it, for example <c>won</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Day of the event; the rules in force on it apply.</summary>
    public DateOnly EarnedOn { get; init; }

    /// <summary>Day on which it was posted; tells the period, for closed periods never reopen.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>The part of the deal that was credited to the partner.</summary>
    public Money Base { get; init; }

    /// <summary>The partner's share of the deal in per cent.</summary>
    public decimal SharePercent { get; init; }

    /// <summary>Per cent of the base.</summary>
    public decimal RatePercent { get; init; }

    /// <summary>What is earned; negative for what is taken back.</summary>
    public Money Amount { get; init; }

    /// <summary>First day on which it may be approved.</summary>
    public DateOnly HoldUntil { get; init; }

    /// <summary>Why it is held: <c>none</c>, <c>refund-window</c> or <c>tax-form</c>.</summary>
    public string HoldReason { get; init; } = "none";

    /// <summary>Days after payment within which a refund takes it back pro rata.</summary>
    public int ClawbackDays { get; init; }

    /// <summary>The calculation in one line, as the partner reads it.</summary>
    public required string ReasonText { get; init; }

    /// <summary>The decision that computed it; null only for lines that no ruleset computed (reversals take over their original's).</summary>
    public DecisionId? DecisionId { get; init; }

    /// <summary>Ruleset and version that computed it, for example <c>incentive-plan@1.0.0</c>.</summary>
    public string? RulesetVersion { get; init; }

    /// <summary>The line that this one corrects.</summary>
    public LineId? CorrectsLineId { get; init; }

    /// <summary>When it was computed.</summary>
    public DateTimeOffset CalculatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public LineStatus Status { get; internal set; }

    /// <summary>The payout run that has taken it; while the line is approvable, the run that is about to ask for approval.</summary>
    public PayoutRunId? RunId { get; internal set; }

    /// <summary>The day on which it was paid or netted.</summary>
    public DateOnly? PaidOn { get; internal set; }

    /// <summary>How often it was moved.</summary>
    public int Moves { get; internal set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncentiveLine>
    {
        public void Configure(EntityTypeBuilder<IncentiveLine> builder)
        {
            builder.HasKey(line => line.Id);
            builder.Property(line => line.Event).HasMaxLength(40);
            builder.Property(line => line.HoldReason).HasMaxLength(40);
            builder.Property(line => line.RulesetVersion).HasMaxLength(120);
            builder.HasIndex(line => new { line.PartnerId, line.BookedOn });
            builder.HasIndex(line => new { line.PartnerId, line.EarnedOn });
            builder.HasIndex(line => new { line.Status, line.HoldUntil });
            builder.HasIndex(line => line.DealId);
            builder.HasIndex(line => line.RunId);
        }
    }
}
