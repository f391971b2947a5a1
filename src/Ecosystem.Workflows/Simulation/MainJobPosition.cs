using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Simulation;

/// <summary>How far a main job has come: the one row by which it goes on after the process was killed.</summary>
internal sealed class MainJobPosition
{
    public const string Only = "main-job";

    public string Id { get; init; } = Only;

    /// <summary>The export it replays; a data folder holds the history of one export.</summary>
    public required string SourceHash { get; init; }

    /// <summary>The simulated time it has reached or is going to; written before time moves, so that after a restart no time is behind one that was seen.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>When it came to its end, in simulated time.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MainJobPosition>
    {
        public void Configure(EntityTypeBuilder<MainJobPosition> builder)
        {
            builder.HasKey(position => position.Id);
            builder.Property(position => position.Id).HasMaxLength(40).IsUnicode(false);
            builder.Property(position => position.SourceHash).HasMaxLength(64).IsUnicode(false);
        }
    }
}
