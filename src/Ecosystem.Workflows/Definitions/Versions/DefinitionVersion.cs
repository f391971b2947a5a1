using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>One version of a workflow definition.</summary>
public sealed class DefinitionVersion : IVersioned
{
    /// <summary>The id of the version, as Elsa's API names it.</summary>
    public required string Id { get; init; }

    /// <summary>The id all versions share.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The number of the version, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The name people see.</summary>
    public required string Name { get; set; }

    /// <summary>How far it has come.</summary>
    public VersionState State { get; set; }

    /// <summary>True for the newest version.</summary>
    public bool IsLatest { get; set; }

    /// <summary>What it does, as a hash; see <see cref="DefinitionDocument.ContentHash"/>.</summary>
    public required string ContentHash { get; set; }

    /// <summary>The definition in Elsa's JSON.</summary>
    public required string Json { get; set; }

    /// <summary>When the version was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Who saved it last.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Who published it.</summary>
    public string? PublishedBy { get; set; }

    /// <summary>For a pilot: the share of partners, 1 to 99; null when it is no pilot by share.</summary>
    public int? PilotPercent { get; set; }

    /// <summary>For a pilot: the partners by id, as a JSON array; null when it is no pilot by name.</summary>
    public string? PilotPartnersJson { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>True when only some partners' cases start on it.</summary>
    internal bool IsPilot => PilotPercent is not null || PilotPartnersJson is not null;

    internal sealed class Configuration : IEntityTypeConfiguration<DefinitionVersion>
    {
        public void Configure(EntityTypeBuilder<DefinitionVersion> builder)
        {
            builder.HasKey(version => version.Id);
            builder.Property(version => version.Id).HasMaxLength(64).IsUnicode(false);
            builder.Property(version => version.DefinitionId).HasMaxLength(100);
            builder.Property(version => version.ContentHash).HasMaxLength(64).IsUnicode(false);
            builder.HasIndex(version => new { version.DefinitionId, version.Number }).IsUnique();
            builder.HasIndex(version => version.ContentHash);
            builder.Ignore(version => version.IsPilot);
        }
    }
}
