using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// One line of the audit trail: who did what to what, when and why. Append-only; every entry carries a hash over itself and the entry
/// before it, so that a later change, removal or insertion shows.
/// </summary>
public sealed class AuditEntry : IAppendOnly
{
    /// <summary>1, 2, 3 … without gaps; given when the entry is saved.</summary>
    public long Sequence { get; internal set; }

    /// <summary>When it happened, UTC, in whole microseconds.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The id of who did it.</summary>
    public required string ActorId { get; init; }

    /// <summary>Through which door.</summary>
    public ActorSource Source { get; init; }

    /// <summary>What was done, for example <c>deal.protected</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing it was done to.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>The id of that thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Why, in words; null where the action says it all.</summary>
    public string? ReasonText { get; init; }

    /// <summary>Facts that belong to it, as JSON: ids, states, amounts; never personal data.</summary>
    public string? DataJson { get; init; }

    /// <summary>The hash of the entry before, 64 hexadecimal digits; zeros for the first.</summary>
    public string PreviousHash { get; internal set; } = "";

    /// <summary>SHA-256 over the previous hash and this entry, 64 hexadecimal digits.</summary>
    public string Hash { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.HasKey(entry => entry.Sequence);
            builder.Property(entry => entry.Sequence).ValueGeneratedNever();
            builder.Property(entry => entry.PreviousHash).HasMaxLength(64).IsUnicode(false).IsFixedLength();
            builder.Property(entry => entry.Hash).HasMaxLength(64).IsUnicode(false).IsFixedLength();
            builder.Property(entry => entry.Action).HasMaxLength(80);
            builder.Property(entry => entry.SubjectKind).HasMaxLength(40);
            builder.Property(entry => entry.SubjectId).HasMaxLength(120);
            builder.HasIndex(entry => new { entry.SubjectKind, entry.SubjectId });
        }
    }
}
