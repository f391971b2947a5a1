using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>A payout run: what is paid for one period in one currency, and who computed, approved and released it.</summary>
public sealed class PayoutRun : IVersioned
{
    /// <summary>The id, for example <c>payout-2026-10-EUR</c>; also the id of its workflow and of the bank file.</summary>
    public PayoutRunId Id { get; init; }

    /// <summary>The month up to whose end lines are paid, as <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; init; }

    /// <summary>Where it stands.</summary>
    public PayoutRunStatus Status { get; internal set; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sum of the lines it pays, before netting.</summary>
    public decimal Gross { get; internal set; }

    /// <summary>What is netted against it: corrections and claims.</summary>
    public decimal Netted { get; internal set; }

    /// <summary>Tax withheld.</summary>
    public decimal TaxWithheld { get; internal set; }

    /// <summary>What is paid.</summary>
    public decimal Total { get; internal set; }

    /// <summary>How many lines it pays.</summary>
    public int LineCount { get; internal set; }

    /// <summary>When it was computed.</summary>
    public DateTimeOffset? CalculatedAt { get; internal set; }

    /// <summary>How many people have to approve it: two from the amount of <see cref="PayoutOptions.QuorumFrom"/>.</summary>
    public int ApprovalsNeeded { get; internal set; } = 1;

    /// <summary>Who approved it first, where two have to; null until then.</summary>
    public string? FirstApprovedBy { get; internal set; }

    /// <summary>Who approved it, with whom the approval was complete.</summary>
    public string? ApprovedBy { get; internal set; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; internal set; }

    /// <summary>Who released it.</summary>
    public string? ReleasedBy { get; internal set; }

    /// <summary>When it was released; goes into the bank file.</summary>
    public DateTimeOffset? ReleasedAt { get; internal set; }

    /// <summary>The day on which the bank is asked to pay.</summary>
    public DateOnly? ExecutionDate { get; internal set; }

    /// <summary>When the bank's answer was booked, or the run was cancelled.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Why it was cancelled, or is empty.</summary>
    public string? ReasonText { get; internal set; }

    /// <summary>Partners that were left out, with the reason, as JSON.</summary>
    public string SkippedJson { get; internal set; } = "[]";

    /// <summary>The debtor as it was when the run was released, as JSON.</summary>
    public string? DebtorJson { get; internal set; }

    /// <summary>The debtor's company identification when the run was released.</summary>
    public string? CompanyId { get; internal set; }

    /// <summary>The case whose definition called the run; null when none waits for it.</summary>
    public CaseId? CallerCaseId { get; internal set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>The last day of the period.</summary>
    public DateOnly PeriodEnd => PayoutPeriod.End(Period);

    /// <summary>Whether the run has come to its end.</summary>
    public bool IsEnded => Status is PayoutRunStatus.Settled or PayoutRunStatus.Cancelled or PayoutRunStatus.Empty;

    internal sealed class Configuration : IEntityTypeConfiguration<PayoutRun>
    {
        public void Configure(EntityTypeBuilder<PayoutRun> builder)
        {
            builder.HasKey(run => run.Id);
            builder.Property(run => run.Period).HasMaxLength(7).IsUnicode(false);
            builder.Property(run => run.CreatedBy).HasMaxLength(120);
            builder.Property(run => run.FirstApprovedBy).HasMaxLength(120);
            builder.Property(run => run.ApprovedBy).HasMaxLength(120);
            builder.Property(run => run.ReleasedBy).HasMaxLength(120);
            builder.Ignore(run => run.PeriodEnd);
            builder.Ignore(run => run.IsEnded);
            builder.HasIndex(run => new { run.Currency, run.Period });
        }
    }
}
