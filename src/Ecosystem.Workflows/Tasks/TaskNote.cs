using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Something that was said about a task. Never changed.</summary>
public sealed class TaskNote
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }

    /// <summary>The task.</summary>
    public required TaskId TaskId { get; init; }

    /// <summary>What it is.</summary>
    public required TaskNoteKind Kind { get; init; }

    /// <summary>Who said it.</summary>
    public required string By { get; init; }

    /// <summary>The name pages show.</summary>
    public required string ByName { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was said.</summary>
    public required string BodyText { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TaskNote>
    {
        public void Configure(EntityTypeBuilder<TaskNote> builder)
        {
            builder.HasKey(note => note.Id);
            builder.Property(note => note.Id).ValueGeneratedOnAdd();
            builder.HasIndex(note => note.TaskId);
        }
    }
}
