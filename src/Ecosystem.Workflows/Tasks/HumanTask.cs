using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Something a person has to do or decide, in a case.</summary>
public sealed class HumanTask : IVersioned, IKeepsRows
{
    private TaskState state;
    private DateTimeOffset? due;
    private DateTimeOffset? completedAt;
    private int priority = 3;

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
    public int Priority
    {
        get => priority;
        set
        {
            priority = value;
            Place();
        }
    }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By when it should be answered.</summary>
    public DateTimeOffset? Due
    {
        get => due;
        set
        {
            due = value;
            Place();
        }
    }

    /// <summary>How it stands.</summary>
    public TaskState State
    {
        get => state;
        set => (state, IsOpen) = (value, value is TaskState.Open or TaskState.Claimed or TaskState.Returned);
    }

    /// <summary>Whether it is still to be answered.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Its place in every inbox: what is due first, then by priority, then by id; of answered ones the latest first. Unique, so that pages go on after it.</summary>
    public string InboxKey { get; private set; } = "";

    /// <summary>When whoever has it wants to be reminded of it.</summary>
    public DateTimeOffset? FollowUp { get; set; }

    /// <summary>Since when it waits for the submitter; null when it does not. Meanwhile its clock stands still.</summary>
    public DateTimeOffset? ReturnedAt { get; set; }

    /// <summary>The partner who has to answer the question it was returned with.</summary>
    public PartnerId? ReturnedToPartner { get; set; }

    /// <summary>The person who has to answer the question, when it is one of our own.</summary>
    public string? ReturnedToPerson { get; set; }

    /// <summary>The question.</summary>
    public string? QuestionText { get; set; }

    /// <summary>Working time, in ticks, for which its clock has stood still so far.</summary>
    public long PausedTicks { get; set; }

    /// <summary>When the next step of escalation is due; null when there is none.</summary>
    public DateTimeOffset? EscalateAt { get; set; }

    /// <summary>The outcome it ends with when nobody answers it in three times the time it has; null for none.</summary>
    public string? DefaultOutcome { get; init; }

    /// <summary>People who handed it on, each between bars: of an approval by several, theirs and their delegates' answers count as one person's.</summary>
    public string HandedOnBy { get; set; } = "";

    /// <summary>The outcome that was chosen.</summary>
    public string? Outcome { get; set; }

    /// <summary>What the form gave, as a JSON object.</summary>
    public string? DataJson { get; set; }

    /// <summary>What was said with it.</summary>
    public string? CommentText { get; set; }

    /// <summary>Who answered it.</summary>
    public string? CompletedBy { get; set; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? CompletedAt
    {
        get => completedAt;
        set
        {
            completedAt = value;
            Place();
        }
    }

    /// <summary>People who must not answer it, each between bars, with what they did: segregation of duties.</summary>
    public string Excluded { get; init; } = "";

    /// <summary>The business calendar its due date was reckoned with.</summary>
    public string Calendar { get; init; } = "default";

    /// <summary>Tasks of one approval share it; each has to be answered by a different person.</summary>
    public string? Group { get; init; }

    /// <summary>How far it has been escalated: 0 not, 1 reminded, 2 warned, 3 overdue and with the delegate or manager, 4 with the head of channel, 5 answered by default.</summary>
    public int Escalation { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>The outcomes one can choose.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Outcomes() => JsonSerializer.Deserialize<string[]>(OutcomesJson) ?? [];

    /// <summary>Who may take it, as the rows inboxes are read from.</summary>
    internal IEnumerable<string> Candidates()
    {
        var candidates = Between(CandidateRoles).Select(TaskCandidate.Role).Concat(Between(CandidatePeople).Select(TaskCandidate.PersonOf)).ToList();
        return candidates.Count > 0 || PartnerId is not null ? candidates : [TaskCandidate.Anybody];
    }

    internal static string[] Between(string bars) => bars.Split('|', StringSplitOptions.RemoveEmptyEntries);

    async Task IKeepsRows.KeepAsync(EcosystemDbContext db, bool isNew, CancellationToken cancellationToken)
    {
        if (isNew)
        {
            Place();
            EscalateAt = TaskClock.NextStep(this);
        }
        else
        {
            await db.Set<TaskCandidate>().Where(candidate => candidate.TaskId == Id).ExecuteDeleteAsync(cancellationToken);
        }

        if (IsOpen)
        {
            var candidates = Candidates().Distinct(StringComparer.Ordinal).ToList();
            var circle = TaskCandidate.CircleOf(candidates);
            db.AddRange(candidates.Select(who => new TaskCandidate
            {
                TaskId = Id,
                Who = who,
                Taken = Assignee is not null || state == TaskState.Returned,
                Type = Type,
                Title = Title,
                InboxKey = InboxKey,
                Circle = circle,
            }));
        }
    }

    bool IKeepsRows.Concerns(string property) => property is nameof(State) or nameof(Assignee) or nameof(Due) or nameof(Priority) or nameof(CandidateRoles) or nameof(CandidatePeople);

    /// <summary>The least place of a task that is due at a time.</summary>
    internal static string PlaceOf(DateTimeOffset due) => due.UtcTicks.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);

    // Ticks have at most 19 digits; what has no date sorts last.
    private void Place()
    {
        var time = completedAt is { } done ? long.MaxValue - done.UtcTicks : due?.UtcTicks ?? long.MaxValue;
        InboxKey = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time:D19}.{priority:D1}.{Id}");
    }

    internal sealed class Configuration : IEntityTypeConfiguration<HumanTask>
    {
        public void Configure(EntityTypeBuilder<HumanTask> builder)
        {
            builder.HasKey(task => task.Id);
            builder.HasIndex(task => new { task.CaseId, task.IsOpen, task.InboxKey });

            // As a number, so that "is open" is a comparison an index can be searched by, on every provider.
            builder.Property(task => task.IsOpen).HasConversion<int>();
            builder.HasIndex(task => new { task.IsOpen, task.InboxKey, task.Title });
            builder.HasIndex(task => new { task.State, task.InboxKey });
            builder.HasIndex(task => new { task.Type, task.IsOpen, task.InboxKey });
            builder.HasIndex(task => new { task.Assignee, task.IsOpen, task.InboxKey });
            builder.HasIndex(task => new { task.PartnerId, task.IsOpen, task.InboxKey });
            builder.HasIndex(task => new { task.ReturnedToPartner, task.IsOpen, task.InboxKey });
            builder.HasIndex(task => task.EscalateAt);
            builder.HasIndex(task => task.FollowUp);
            builder.Property(task => task.OutcomesJson).HasMaxLength(2000);
            builder.Property(task => task.InboxKey).HasMaxLength(130).IsUnicode(false);
            builder.HasPartnerScope((task, scope) => task.PartnerId == scope || task.ReturnedToPartner == scope);
        }
    }
}
