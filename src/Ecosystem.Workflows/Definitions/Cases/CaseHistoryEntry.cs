using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>One line of a case's history: a step that was done, waited or failed.</summary>
public sealed class CaseHistoryEntry : IAppendOnly
{
    /// <summary>The case.</summary>
    public required CaseId CaseId { get; init; }

    /// <summary>The number of the entry in its case, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The id of the activity in the definition.</summary>
    public required string StepId { get; init; }

    /// <summary>What people call the step.</summary>
    public required string Name { get; init; }

    /// <summary>The activity's type.</summary>
    public required string Type { get; init; }

    /// <summary><c>completed</c>, <c>waiting</c>, <c>failed</c>, <c>cancelled</c>, <c>skipped</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The outcome, or several joined by commas.</summary>
    public string? Outcome { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null for the process itself.</summary>
    public string? By { get; init; }

    /// <summary>What else there is to say: a comment, a reason, an error.</summary>
    public string? NoteText { get; init; }

    /// <summary>Which execution of the activity it tells of; an activity in a loop has several. Numbered in the order they began.</summary>
    public long Execution { get; init; }

    /// <summary>True for what only the journal and the map show: joints, containers, waits of the process itself.</summary>
    public bool Quiet { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CaseHistoryEntry>
    {
        public void Configure(EntityTypeBuilder<CaseHistoryEntry> builder)
        {
            builder.HasKey(entry => new { entry.CaseId, entry.Number });
        }
    }
}
