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

    /// <summary>When whoever has it wants to be reminded of it.</summary>
    public DateTimeOffset? FollowUp { get; init; }

    /// <summary>Since when it waits for its submitter; its clock stands still.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>Who has to answer the question it was returned with: a partner or a person.</summary>
    public string? ReturnedTo { get; init; }

    /// <summary>The question it was returned with.</summary>
    public string? Question { get; init; }

    /// <summary>How far it has been escalated, 0 to 5.</summary>
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

    /// <summary>What an actor may see: who is only asked about a task sees the question, not the matter.</summary>
    internal static TaskView Of(HumanTask task, Actor? actor = null)
    {
        var all = actor?.Partner is null || task.PartnerId == actor.Partner;
        return new TaskView
        {
            Id = task.Id,
            CaseId = task.CaseId,
            StepId = task.StepId,
            Type = task.Type,
            Title = task.Title,
            Description = all ? task.DescriptionText : null,
            Subject = new Subject(task.SubjectKind, task.SubjectId),
            Form = all ? Json(task.FormJson) : null,
            Context = all ? Json(task.ContextJson) : null,
            Outcomes = all ? task.Outcomes() : [],
            Roles = HumanTask.Between(task.CandidateRoles),
            People = all ? HumanTask.Between(task.CandidatePeople) : [],
            Assignee = all ? task.Assignee : null,
            PartnerId = task.PartnerId,
            Priority = task.Priority,
            CreatedAt = task.CreatedAt,
            Due = task.Due,
            State = task.State,
            FollowUp = all ? task.FollowUp : null,
            ReturnedAt = task.ReturnedAt,
            ReturnedTo = task.ReturnedToPartner?.Value ?? task.ReturnedToPerson,
            Question = task.ReturnedAt is null ? null : task.QuestionText,
            Escalation = task.Escalation,
            Outcome = all ? task.Outcome : null,
            Data = all ? Json(task.DataJson) : null,
            Comment = all ? task.CommentText : null,
            CompletedBy = all ? task.CompletedBy : null,
            CompletedAt = task.CompletedAt,
            Version = task.Version,
        };
    }

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
