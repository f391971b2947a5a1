using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The read model of a case: where it stands, who has to act and by when. Kept by the interpreter's journal.</summary>
public sealed class CaseRecord
{
    /// <summary>The case; also the id of its Temporal workflow.</summary>
    public required CaseId Id { get; init; }

    /// <summary>What kind of case: the id of its definition, for example <c>deal-registration</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the case is about: the kind of thing, for example <c>deal</c>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>What the case is about: the id of the thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The partner the case belongs to; null when none.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>The stage the definition last set, for people.</summary>
    public string Stage { get; set; } = "";

    /// <summary>Who has to act: a role, a partner, a person or <c>system</c>; null when nobody.</summary>
    public string? WaitingForWho { get; set; }

    /// <summary>What they have to do.</summary>
    public string? WaitingForWhat { get; set; }

    /// <summary>By when.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>How the case stands.</summary>
    public CaseStatus Status { get; set; }

    /// <summary>The definition's version the case is pinned to.</summary>
    public int DefinitionVersion { get; set; }

    /// <summary>The content the case is pinned to.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>When the case was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When something last happened in the case.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When the case ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The outcome the case ended with.</summary>
    public string? Outcome { get; set; }

    /// <summary>The last entry number of the case's history.</summary>
    public int LastEntry { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CaseRecord>
    {
        public void Configure(EntityTypeBuilder<CaseRecord> builder)
        {
            builder.HasKey(record => record.Id);
            builder.HasIndex(record => new { record.SubjectKind, record.SubjectId });
            builder.HasIndex(record => new { record.Kind, record.Status });
            builder.HasIndex(record => record.PartnerId);
            builder.HasIndex(record => record.ChangedAt);
            builder.HasIndex(record => record.StartedAt);
            builder.HasPartnerScope((record, scope) => record.PartnerId == scope);
        }
    }
}
