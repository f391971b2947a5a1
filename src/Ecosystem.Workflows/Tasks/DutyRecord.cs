using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Who did what on a thing.</summary>
public sealed class DutyRecord
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The kind of thing, for example <c>deal</c>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Which thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What was done.</summary>
    public required Duty Duty { get; init; }

    /// <summary>The person, never a role.</summary>
    public required string Person { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DutyRecord>
    {
        public void Configure(EntityTypeBuilder<DutyRecord> builder)
        {
            builder.HasKey(record => record.Id);
            builder.Property(record => record.Id).ValueGeneratedOnAdd();
            builder.HasIndex(record => new { record.SubjectKind, record.SubjectId });
        }
    }
}
