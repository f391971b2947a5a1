using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Decisions;

/// <summary>One evaluation of a ruleset, kept with all that is needed to explain it and to do it again. Append-only.</summary>
public sealed class DecisionRecord : IAppendOnly
{
    /// <summary>Its id.</summary>
    public DecisionId Id { get; init; }

    /// <summary>The ruleset.</summary>
    public required string Ruleset { get; init; }

    /// <summary>The version that was in force.</summary>
    public required string RulesetVersion { get; init; }

    /// <summary>The day whose rules applied.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>The kind of thing it was about.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>The id of that thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The partner it concerns and who may see it, or null.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>The inputs, as a JSON object.</summary>
    public required string InputsJson { get; init; }

    /// <summary>The outputs, as a JSON object.</summary>
    public required string OutputsJson { get; init; }

    /// <summary>The trace, as JSON.</summary>
    public required string TraceJson { get; init; }

    /// <summary>When it was evaluated.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The id of who asked for it.</summary>
    public required string ActorId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DecisionRecord>
    {
        public void Configure(EntityTypeBuilder<DecisionRecord> builder)
        {
            builder.HasKey(record => record.Id);
            builder.Property(record => record.Ruleset).HasMaxLength(80);
            builder.Property(record => record.RulesetVersion).HasMaxLength(40);
            builder.Property(record => record.SubjectKind).HasMaxLength(40);
            builder.Property(record => record.SubjectId).HasMaxLength(120);
            builder.HasIndex(record => new { record.SubjectKind, record.SubjectId });
            builder.HasIndex(record => new { record.Ruleset, record.At });
            builder.HasPartnerScope((record, scope) => record.PartnerId == scope);
        }
    }
}
