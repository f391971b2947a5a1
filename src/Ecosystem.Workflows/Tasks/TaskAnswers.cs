using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Takes the answer to a human task into a unit of work, or says why not. The only place that completes a task of a definition.</summary>
internal sealed class TaskAnswers(SegregationOfDuties duties, Audit audit)
{
    internal async Task<Refusal?> TakeAsync(EcosystemDbContext db, TaskAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var actor = answer.Actor.ToActor();
        if (await db.Set<HumanTask>().FindAsync([new TaskId(answer.TaskId)], cancellationToken) is not { } task || !IsSeenBy(task, actor))
        {
            return Refusal.NotFound("task", answer.TaskId, "taskId");
        }

        if (await CheckAsync(db, task, answer.Outcome, answer.Data, actor, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        task.State = TaskState.Completed;
        task.Assignee = actor.Id;
        task.Outcome = answer.Outcome;
        task.DataJson = answer.Data?.ToJsonString(StoredJson.Options);
        task.CommentText = answer.Comment;
        task.CompletedBy = actor.Id;
        task.CompletedAt = now;
        if (SegregationOfDuties.OfTask(task.Type) is { } duty)
        {
            duties.Record(db, new Subject(task.SubjectKind, task.SubjectId), duty, actor, now);
        }

        audit.Add(db, actor, "task.completed", task.Id, answer.Comment, new { task.Type, task.Outcome, caseId = task.CaseId });
        return null;
    }

    /// <summary>Everything an answer has to satisfy.</summary>
    internal async Task<Refusal?> CheckAsync(EcosystemDbContext db, HumanTask task, string outcome, JsonObject? data, Actor actor, CancellationToken cancellationToken)
    {
        if (task.State is TaskState.Completed or TaskState.Cancelled)
        {
            return new Refusal("task.not-open", $"The task '{task.Id}' {(task.State == TaskState.Completed ? "was answered already" : "is no longer needed")}.", "taskId");
        }

        if (!task.Outcomes().Contains(outcome, StringComparer.Ordinal))
        {
            return new Refusal("task.unknown-outcome", $"'{outcome}' is not an outcome of this task; choose one of {string.Join(", ", task.Outcomes())}.", "outcome");
        }

        if (MayAnswer(task, actor) is { } notAllowed)
        {
            return notAllowed;
        }

        if (SegregationOfDuties.OfTask(task.Type) is { } duty
            && await duties.CheckAsync(db, new Subject(task.SubjectKind, task.SubjectId), duty, actor, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        if (task.Group is { } group && await db.Set<HumanTask>().AnyAsync(
            other => other.CaseId == task.CaseId && other.Group == group && other.Id != task.Id && other.CompletedBy == actor.Id, cancellationToken))
        {
            return new Refusal("task.same-person", "Each of these approvals has to come from a different person, and you have given one already.");
        }

        return task.FormJson is { } form ? JsonForm.Check(form, data ?? []) : null;
    }

    /// <summary>Whether a person may answer a task: one of its people or roles, its partner, whoever has claimed it; never one who is excluded.</summary>
    internal static Refusal? MayAnswer(HumanTask task, Actor actor)
    {
        if (task.Excluded.Contains($"|{actor.Id}|", StringComparison.Ordinal))
        {
            return new Refusal("duties.same-person", "Segregation of duties: you took part in what this task decides; another person has to.");
        }

        if (actor.IsSystem)
        {
            return null;
        }

        if (task.Assignee is { } assignee && task.State == TaskState.Claimed && assignee != actor.Id)
        {
            return new Refusal("task.claimed", $"The task is with '{assignee}'; it has to be released or delegated first.");
        }

        var named = task.Assignee == actor.Id || task.CandidatePeople.Contains($"|{actor.Id}|", StringComparison.Ordinal);
        var inRole = actor.Roles.Any(role => task.CandidateRoles.Contains($"|{role}|", StringComparison.Ordinal));
        var partner = task.PartnerId is { } owner && actor.Partner == owner;
        var open = task.CandidateRoles.Length == 0 && task.CandidatePeople.Length == 0 && task.PartnerId is null && actor.Partner is null;
        return named || inRole || partner || open
            ? null
            : Refusal.Forbidden("answer this task", task.CandidateRoles.Length > 0 ? task.CandidateRoles.Trim('|').Replace("|", "' or '", StringComparison.Ordinal) : "partner");
    }

    /// <summary>Whether a person may know of a task.</summary>
    internal static bool IsSeenBy(HumanTask task, Actor actor) => actor.Partner is null || task.PartnerId == actor.Partner;
}
