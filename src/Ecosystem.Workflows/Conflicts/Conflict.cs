using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>A conflict about a deal: other partners registered the same opportunity before.</summary>
public sealed class Conflict : IVersioned
{
    /// <summary>Its id.</summary>
    public ConflictId Id { get; init; }

    /// <summary>The deal whose registration led to it; it waits for the ruling.</summary>
    public DealId DealId { get; init; }

    /// <summary>How sure it is.</summary>
    public ConflictLevel Level { get; init; }

    /// <summary>The highest score, 0 to 1.</summary>
    public decimal Score { get; init; }

    /// <summary>The kind, for example <c>partner-partner</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The matches, as JSON: a list of <see cref="ConflictMatch"/>.</summary>
    public required string MatchesJson { get; init; }

    /// <summary>Where it stands.</summary>
    public ConflictStatus Status { get; set; }

    /// <summary>The proposals, recommended first, as JSON: a list of <see cref="SplitProposal"/>; empty until proposed.</summary>
    public string ProposalsJson { get; set; } = "[]";

    /// <summary>Who is ahead on the precedence ladder, or null until proposed.</summary>
    public PartnerId? Leader { get; set; }

    /// <summary>The step of the ladder that decided who is ahead.</summary>
    public string? Precedence { get; set; }

    /// <summary>The kind of the accepted proposal, <c>own</c> for shares of the ruler's own, or null while open.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it was ruled so.</summary>
    public string? ReasonText { get; set; }

    /// <summary>The decision that found it.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>The decision that proposed how to split, or null.</summary>
    public DecisionId? SplitDecisionId { get; set; }

    /// <summary>The case that resolves it.</summary>
    public CaseId? CaseId { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was ruled on or dismissed, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The id of who ruled, or null.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Those who contest the deal.</summary>
    public List<ConflictParty> Parties { get; init; } = [];

    /// <inheritdoc/>
    public long Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Conflict>
    {
        public void Configure(EntityTypeBuilder<Conflict> builder)
        {
            builder.HasKey(conflict => conflict.Id);
            builder.HasMany(conflict => conflict.Parties).WithOne().HasForeignKey(party => party.ConflictId);
            builder.HasIndex(conflict => conflict.DealId);
            builder.HasIndex(conflict => conflict.Status);
            builder.HasPartnerScope((conflict, scope) => conflict.Parties.Any(party => party.PartnerId == scope));
        }
    }
}
