using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Tasks;

/// <summary>A human task as pages and the API show it.</summary>
public sealed record TaskView
{
    /// <summary>The task.</summary>
    public required TaskId Id { get; init; }

    /// <summary>The case it is part of.</summary>
    public required CaseId CaseId { get; init; }

    /// <summary>The activity of the definition that made it.</summary>
    public required string StepId { get; init; }

    /// <summary>What kind of task.</summary>
    public required string Type { get; init; }

    /// <summary>What people read in the inbox.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be done and what to look at.</summary>
    public string? Description { get; init; }

    /// <summary>What the task is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>The form as a JSON Schema.</summary>
    public JsonNode? Form { get; init; }

    /// <summary>Facts shown beside the form.</summary>
    public JsonNode? Context { get; init; }

    /// <summary>The outcomes one can choose.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Roles whose members may take it.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>People who may take it.</summary>
    public required IReadOnlyList<string> People { get; init; }

    /// <summary>Who has taken it.</summary>
    public string? Assignee { get; init; }

    /// <summary>The partner who answers it.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>1 (first) to 5 (last).</summary>
    public int Priority { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>By when it should be answered.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How it stands.</summary>
    public TaskState State { get; init; }

    /// <summary>How far it has been escalated, 0 to 4.</summary>
    public int Escalation { get; init; }

    /// <summary>The outcome that was chosen.</summary>
    public string? Outcome { get; init; }

    /// <summary>What the form gave.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>What was said with it.</summary>
    public string? Comment { get; init; }

    /// <summary>Who answered it.</summary>
    public string? CompletedBy { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its version, for <c>If-Match</c>.</summary>
    public long Version { get; init; }

    internal static TaskView Of(HumanTask task) => new()
    {
        Id = task.Id,
        CaseId = task.CaseId,
        StepId = task.StepId,
        Type = task.Type,
        Title = task.Title,
        Description = task.DescriptionText,
        Subject = new Subject(task.SubjectKind, task.SubjectId),
        Form = Json(task.FormJson),
        Context = Json(task.ContextJson),
        Outcomes = task.Outcomes(),
        Roles = Between(task.CandidateRoles),
        People = Between(task.CandidatePeople),
        Assignee = task.Assignee,
        PartnerId = task.PartnerId,
        Priority = task.Priority,
        CreatedAt = task.CreatedAt,
        Due = task.Due,
        State = task.State,
        Escalation = task.Escalation,
        Outcome = task.Outcome,
        Data = Json(task.DataJson),
        Comment = task.CommentText,
        CompletedBy = task.CompletedBy,
        CompletedAt = task.CompletedAt,
        Version = task.Version,
    };

    private static string[] Between(string bars) => bars.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static JsonNode? Json(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
