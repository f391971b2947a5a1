using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Documents;
using Ecosystem.Workflows.Tasks.Forms;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Takes the answer to a human task into a unit of work, or says why not. The only place that completes a task of a definition.</summary>
internal sealed class TaskAnswers(SegregationOfDuties duties, Audit audit)
{
    internal async Task<IReadOnlyList<Refusal>> TakeAsync(EcosystemDbContext db, TaskAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var actor = answer.Actor.ToActor();
        if (await db.FindAsync<HumanTask>([new TaskId(answer.TaskId)], cancellationToken) is not { } task || !IsSeenBy(task, actor))
        {
            return [Refusal.NotFound("task", answer.TaskId, "taskId")];
        }

        var refusals = await CheckAsync(db, task, answer.Outcome, answer.Data, actor, cancellationToken);
        if (refusals.Count == 0 && answer.Link is { } link)
        {
            refusals = await UseAsync(db, task, link, now, cancellationToken);
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        task.State = TaskState.Completed;
        task.Assignee = actor.Id;
        task.Outcome = answer.Outcome;
        task.DataJson = answer.Data?.ToJsonString(StoredJson.Options);
        task.CommentText = answer.Comment;
        task.CompletedBy = actor.Id;
        task.CompletedAt = now;
        task.EscalateAt = null;
        if (SegregationOfDuties.OfTask(task) is { } duty)
        {
            duties.Record(db, new Subject(task.SubjectKind, task.SubjectId), duty, actor, now);
        }

        audit.Add(db, actor, "task.completed", task.Id, answer.Comment, new { task.Type, task.Outcome, caseId = task.CaseId });
        return [];
    }

    /// <summary>Everything an answer has to satisfy.</summary>
    internal async Task<IReadOnlyList<Refusal>> CheckAsync(EcosystemDbContext db, HumanTask task, string outcome, JsonObject? data, Actor actor, CancellationToken cancellationToken)
    {
        if (!task.IsOpen)
        {
            return [NotOpen(task)];
        }

        if (!task.Outcomes().Contains(outcome, StringComparer.Ordinal))
        {
            return [new Refusal("task.unknown-outcome", $"'{outcome}' is not an outcome of this task; choose one of {string.Join(", ", task.Outcomes())}.", "outcome")];
        }

        if (await MayDecideAsync(db, task, actor, cancellationToken) is { } notAllowed)
        {
            return [notAllowed];
        }

        if (task.FormJson is not { } form)
        {
            return data is { Count: > 0 } ? [new Refusal("form.unknown-field", "This task has no form, so nothing can be entered; say it in the comment.", data.First().Key)] : [];
        }

        // What is known counts for read-only fields alone.
        var known = form.Contains("\"readOnly\"", StringComparison.Ordinal) ? await TaskKnowledge.OfAsync(db, task, cancellationToken) : null;
        var refusals = JsonForm.Check(form, data ?? [], known);
        return refusals.Count > 0 ? refusals : await DocumentStore.CheckAsync(db, task.Id, form, data ?? [], cancellationToken);
    }

    /// <summary>Whether a person may decide a task: may answer it, has no duty on the matter that must be apart, and has not answered for the same approval.</summary>
    internal async Task<Refusal?> MayDecideAsync(EcosystemDbContext db, HumanTask task, Actor actor, CancellationToken cancellationToken)
    {
        if (MayAnswer(task, actor) is { } notAllowed)
        {
            return notAllowed;
        }

        if (SegregationOfDuties.OfTask(task) is { } duty
            && await duties.CheckAsync(db, new Subject(task.SubjectKind, task.SubjectId), duty, actor, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        if (task.Group is not { } group || actor.IsSystem)
        {
            return null;
        }

        // A person and who acts in their place are one: a delegation makes no second pair of eyes.
        var person = $"|{actor.Id}|";
        var given = await db.Set<HumanTask>().AsNoTracking()
            .Where(other => other.CaseId == task.CaseId && other.Group == group && other.Id != task.Id && other.CompletedBy != null)
            .Select(other => new { By = other.CompletedBy!, other.HandedOnBy })
            .ToListAsync(cancellationToken);
        return given.Exists(other => other.By == actor.Id || other.HandedOnBy.Contains(person, StringComparison.Ordinal) || task.HandedOnBy.Contains($"|{other.By}|", StringComparison.Ordinal))
            ? new Refusal("task.same-person", "Each of these approvals has to come from a different person, and you, or the one for whom you act, have given one already.")
            : null;
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
        var inRole = actor.Partner is null && actor.Roles.Any(role => task.CandidateRoles.Contains($"|{role}|", StringComparison.Ordinal));
        var partner = task.PartnerId is { } owner && actor.Partner == owner;
        var open = task.CandidateRoles.Length == 0 && task.CandidatePeople.Length == 0 && task.PartnerId is null && actor.Partner is null;
        return named || inRole || partner || open
            ? null
            : Refusal.Forbidden("answer this task", task.CandidateRoles.Length > 0 ? task.CandidateRoles.Trim('|').Replace("|", "' or '", StringComparison.Ordinal) : "partner");
    }

    /// <summary>Whether a person may know of a task: the vendor's people, and the partner it is for or was returned to.</summary>
    internal static bool IsSeenBy(HumanTask task, Actor actor) => actor.Partner is null || task.PartnerId == actor.Partner || task.ReturnedToPartner == actor.Partner;

    internal static Refusal NotOpen(HumanTask task) =>
        new("task.not-open", $"The task '{task.Id}' {(task.State == TaskState.Completed ? "was answered already" : "is no longer needed")}.");

    // In the transaction that takes the answer, so that of two uses at once one is refused.
    private static async Task<IReadOnlyList<Refusal>> UseAsync(EcosystemDbContext db, HumanTask task, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<TaskLink>([id], cancellationToken) is not { } link || link.TaskId != task.Id)
        {
            return [TaskLinks.OtherTask];
        }

        if (TaskLinks.Spent(link, now) is { } refusal)
        {
            return [refusal];
        }

        link.UsedAt = now;
        return [];
    }
}
