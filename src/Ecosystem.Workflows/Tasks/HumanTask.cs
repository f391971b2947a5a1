using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Something a person has to do or decide, in a case.</summary>
public sealed class HumanTask : IVersioned
{
    /// <summary>The task.</summary>
    public required TaskId Id { get; init; }

    /// <summary>The case it is part of.</summary>
    public required CaseId CaseId { get; init; }

    /// <summary>The activity of the definition that made it.</summary>
    public required string StepId { get; init; }

    /// <summary>What kind of task, for example <c>deal-approval</c>; segregation of duties and reports go by it.</summary>
    public required string Type { get; init; }

    /// <summary>What people read in the inbox.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be done and what to look at.</summary>
    public string? DescriptionText { get; init; }

    /// <summary>What the task is about: the kind of thing.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>What the task is about: its id.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>The form as a JSON Schema.</summary>
    public string? FormJson { get; init; }

    /// <summary>Facts shown beside the form, as a JSON object.</summary>
    public string? ContextJson { get; init; }

    /// <summary>The outcomes one can choose, as a JSON array of texts.</summary>
    public required string OutcomesJson { get; init; }

    /// <summary>Roles whose members may take the task, each between bars: <c>|approver|finance|</c>.</summary>
    public string CandidateRoles { get; set; } = "";

    /// <summary>People who may take the task, each between bars.</summary>
    public string CandidatePeople { get; set; } = "";

    /// <summary>Who has taken it.</summary>
    public string? Assignee { get; set; }

    /// <summary>The partner who answers it; null for the vendor's own people.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>1 (first) to 5 (last).</summary>
    public int Priority { get; init; } = 3;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By when it should be answered.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>How it stands.</summary>
    public TaskState State { get; set; }

    /// <summary>The outcome that was chosen.</summary>
    public string? Outcome { get; set; }

    /// <summary>What the form gave, as a JSON object.</summary>
    public string? DataJson { get; set; }

    /// <summary>What was said with it.</summary>
    public string? CommentText { get; set; }

    /// <summary>Who answered it.</summary>
    public string? CompletedBy { get; set; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>People who must not answer it, each between bars, with what they did: segregation of duties.</summary>
    public string Excluded { get; init; } = "";

    /// <summary>The business calendar its due date was reckoned with.</summary>
    public string Calendar { get; init; } = "default";

    /// <summary>Tasks of one approval share it; each has to be answered by a different person.</summary>
    public string? Group { get; init; }

    /// <summary>How far it has been escalated: 0 not, 1 reminded, 2 warned, 3 overdue and with the manager, 4 with the head.</summary>
    public int Escalation { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>The outcomes one can choose.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Outcomes() => JsonSerializer.Deserialize<string[]>(OutcomesJson) ?? [];

    internal sealed class Configuration : IEntityTypeConfiguration<HumanTask>
    {
        public void Configure(EntityTypeBuilder<HumanTask> builder)
        {
            builder.HasKey(task => task.Id);
            builder.HasIndex(task => task.CaseId);
            builder.HasIndex(task => new { task.State, task.Due });
            builder.HasIndex(task => new { task.Assignee, task.State });
            builder.Property(task => task.OutcomesJson).HasMaxLength(2000);
            builder.HasPartnerScope((task, scope) => task.PartnerId == scope);
        }
    }
}
