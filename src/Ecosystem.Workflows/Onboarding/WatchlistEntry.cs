using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>An entry of a list that applicants are screened against.</summary>
public sealed class WatchlistEntry
{
    /// <summary>Its number; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>What being on the list means.</summary>
    public WatchlistKind Kind { get; init; }

    /// <summary>The name as the list has it.</summary>
    public required string Name { get; init; }

    /// <summary>The name in comparable form.</summary>
    public required string NameKey { get; init; }

    /// <summary>The version of the list.</summary>
    public required string ListVersion { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WatchlistEntry>
    {
        public void Configure(EntityTypeBuilder<WatchlistEntry> builder)
        {
            builder.HasKey(entry => entry.Sequence);
            builder.Property(entry => entry.Sequence).ValueGeneratedOnAdd();
            builder.Property(entry => entry.ListVersion).HasMaxLength(40);
            builder.HasIndex(entry => entry.Kind);
        }
    }
}
