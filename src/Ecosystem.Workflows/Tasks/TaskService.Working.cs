using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <content>Working on tasks without answering them: questions to the submitter, notes, dates, people who are away, many at once.</content>
public sealed partial class TaskService
{
    private const int MaxBulk = 200;

    /// <summary>
    /// Returns a task to whoever submitted the thing, with a question. The task's clock stands still until they answer. A time-out that the
    /// definition sets on the step is a date of the process and goes on.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="question">The question.</param>
    /// <param name="actor">Who asks: somebody who may answer the task.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why it cannot be returned.</returns>
    public Task<Result<TaskView>> ReturnAsync(TaskId id, string? question, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.returned",
        question,
        async (db, task, token) =>
        {
            if (CheckText(question, "question") is { } wrong)
            {
                return wrong;
            }

            if (await answers.MayDecideAsync(db, task, actor, token) is { } refusal)
            {
                return refusal;
            }

            if (task.State == TaskState.Returned)
            {
                return new Refusal("task.returned", "The task was returned already and waits for the answer.");
            }

            if (task.PartnerId is not null)
            {
                return new Refusal("task.not-returnable", "The partner itself has to answer this task; there is nobody to return it to.");
            }

            var now = clock.GetUtcNow();
            var record = await db.FindAsync<CaseRecord>([task.CaseId], token);
            task.ReturnedToPartner = record?.PartnerId;
            task.ReturnedToPerson = record?.PartnerId is null ? await SubmitterAsync(db, task, token) : null;
            var to = task.ReturnedToPartner?.Value ?? task.ReturnedToPerson;
            if (to is null || to == actor.Id)
            {
                return new Refusal("task.no-submitter", "Nobody is known who submitted this, so it cannot be returned; reach them yourself and keep what you hear as a comment.");
            }

            task.QuestionText = question;
            task.State = TaskState.Returned;
            TaskClock.Stop(task, now);
            AddNote(db, id, TaskNoteKind.Question, question!, actor, now);
            Waits(record, to, $"Answer the question: {question}", null);
            outbox.Add(db, OutboxKind.Mail, to, Notice.OfTask(to, "task-question", task, question));
            return null;
        },
        cancellationToken);

    /// <summary>Answers the question with which a task was returned; its clock runs on.</summary>
    /// <param name="id">The task.</param>
    /// <param name="text">The answer.</param>
    /// <param name="actor">Who answers: the one it was returned to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why the answer is not taken.</returns>
    public Task<Result<TaskView>> ReplyAsync(TaskId id, string? text, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.replied",
        null,
        async (db, task, token) =>
        {
            if (task.State != TaskState.Returned)
            {
                return new Refusal("task.not-returned", "The task does not wait for an answer to a question.");
            }

            if (!(task.ReturnedToPartner is { } partner && actor.Partner == partner) && task.ReturnedToPerson != actor.Id)
            {
                return Refusal.Forbidden("answer the question", "submitter");
            }

            if (CheckText(text, "text") is { } wrong)
            {
                return wrong;
            }

            AddNote(db, id, TaskNoteKind.Answer, text!, actor, clock.GetUtcNow());
            var asker = task.Assignee;
            await GoOnAsync(db, task, token);
            if (asker is not null)
            {
                outbox.Add(db, OutboxKind.Mail, asker, Notice.OfTask(asker, "task-answered", task, text));
            }

            return null;
        },
        cancellationToken);

    /// <summary>Keeps a remark; those who may answer the task read it, partners do not.</summary>
    /// <param name="id">The task.</param>
    /// <param name="text">The remark.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why the remark is not kept.</returns>
    public Task<Result<TaskView>> CommentAsync(TaskId id, string? text, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.commented",
        null,
        (db, task, _) =>
        {
            var refusal = CheckText(text, "text") ?? (actor.Partner is not null && task.PartnerId != actor.Partner ? Refusal.Forbidden("comment on this task", "ops") : null);
            if (refusal is null)
            {
                AddNote(db, id, TaskNoteKind.Comment, text!, actor, clock.GetUtcNow());
            }

            return Task.FromResult(refusal);
        },
        cancellationToken);

    /// <summary>Changes the priority, the follow-up date or both.</summary>
    /// <param name="id">The task.</param>
    /// <param name="priority">1 (first) to 5 (last); null leaves it.</param>
    /// <param name="followUp">When to be reminded; null takes the date away when <paramref name="setsFollowUp"/> is true.</param>
    /// <param name="setsFollowUp">Whether the follow-up date is changed.</param>
    /// <param name="actor">Who changes it: one of the vendor's people who may answer it, or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why it is not changed.</returns>
    public Task<Result<TaskView>> PlanAsync(
        TaskId id, int? priority, DateTimeOffset? followUp, bool setsFollowUp, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.planned",
        null,
        (_, task, _) =>
        {
            if (!actor.Has("ops") && TaskAnswers.MayAnswer(task, actor) is { } refusal)
            {
                return Task.FromResult<Refusal?>(refusal);
            }

            if (priority is < 1 or > 5)
            {
                return Task.FromResult<Refusal?>(new Refusal("task.priority", "The priority is 1 (first) to 5 (last).", "priority"));
            }

            task.Priority = priority ?? task.Priority;
            task.FollowUp = setsFollowUp ? followUp : task.FollowUp;
            return Task.FromResult<Refusal?>(null);
        },
        cancellationToken);

    /// <summary>What was said about a task and done with it, oldest first.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who looks; a partner sees questions and answers, and remarks on its own tasks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries; none when the actor may not see the task.</returns>
    public Task<IReadOnlyList<TaskEvent>> HistoryAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<TaskEvent>>(
        actor,
        async (db, token) =>
        {
            if (await db.Set<HumanTask>().FirstOrDefaultAsync(task => task.Id == id, token) is not { } task)
            {
                return [];
            }

            var own = actor.Partner is null || task.PartnerId == actor.Partner;
            var notes = await db.Set<TaskNote>().Where(note => note.TaskId == id && (own || note.Kind != TaskNoteKind.Comment)).ToListAsync(token);
            var events = notes.ConvertAll(note => new TaskEvent(note.At, note.By, note.ByName, $"task.{note.Kind.ToString().ToLower(CultureInfo.InvariantCulture)}", note.BodyText));
            events.Add(new TaskEvent(task.CreatedAt, null, null, "task.opened", null));
            if (own)
            {
                var subject = id.Value;
                var entries = await db.Set<AuditEntry>()
                    .Where(entry => entry.SubjectKind == "task" && entry.SubjectId == subject && entry.Action != "task.commented" && entry.Action != "task.replied" && entry.Action != "task.returned")
                    .ToListAsync(token);
                events.AddRange(entries.Select(entry => new TaskEvent(entry.At, entry.ActorId, null, entry.Action, entry.ReasonText)));
            }

            return [.. events.OrderBy(entry => entry.At)];
        },
        cancellationToken);

    /// <summary>Does the same with many tasks. Each is checked and done on its own: what is refused leaves the others as they are.</summary>
    /// <param name="ids">The tasks, at most 200.</param>
    /// <param name="work">What is done.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up on what has not begun.</param>
    /// <returns>What became of each, in the order asked; or why nothing was done.</returns>
    public async Task<Result<IReadOnlyList<BulkItem>>> BulkAsync(IReadOnlyList<string> ids, BulkWork work, Actor actor, CancellationToken cancellationToken = default)
    {
        var asked = ids.Distinct(StringComparer.Ordinal).ToList();
        if (asked.Count is 0 or > MaxBulk || asked.Exists(id => !EntityId.IsValid(id)))
        {
            return new Refusal("bulk.ids", $"Name 1 to {MaxBulk} tasks by their ids.", "ids");
        }

        Func<TaskId, CancellationToken, Task<Result<TaskView>>>? one = work.Action switch
        {
            "claim" => (id, token) => ClaimAsync(id, actor, token),
            "release" => (id, token) => ReleaseAsync(id, actor, token),
            "delegate" => (id, token) => DelegateAsync(id, work.To ?? "", work.Comment, actor, token),
            "priority" => (id, token) => PlanAsync(id, work.Priority, null, false, actor, token),
            "complete" => (id, token) => CompleteAsync(id, work.Outcome ?? "", (JsonObject?)work.Data?.DeepClone(), work.Comment, actor, token),
            _ => null,
        };
        if (one is null)
        {
            return new Refusal("bulk.action", $"'{work.Action}' cannot be done in bulk; use claim, release, delegate, priority or complete.", "action");
        }

        var items = new BulkItem[asked.Count];
        await Parallel.ForAsync(0, asked.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var done = await one(new TaskId(asked[i]), token);
            items[i] = new BulkItem(asked[i], done.IsSuccess, done.Refusal?.Code, done.Refusal?.Message);
        });
        return Result<IReadOnlyList<BulkItem>>.Success(items);
    }

    /// <summary>Tells when a person works, as far as it is known.</summary>
    /// <param name="person">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>It, or null when nothing is known.</returns>
    public Task<Availability?> AvailabilityAsync(string person, CancellationToken cancellationToken = default) => storage.ReadAsync(
        (db, token) => db.Set<Availability>().FirstOrDefaultAsync(row => row.Person == person, token), cancellationToken);

    /// <summary>Sets when a person is away, who stands in, and who the manager is. Tasks the person has go to the substitute with the next sweep.</summary>
    /// <param name="person">The person.</param>
    /// <param name="awayFrom">From when; null for not away.</param>
    /// <param name="awayUntil">Until when; null for until further notice.</param>
    /// <param name="substitute">Who stands in.</param>
    /// <param name="manager">Who gets late tasks; only ops may change it.</param>
    /// <param name="actor">Who sets it: the person, or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What holds now, or why it is not set.</returns>
    public Task<Result<Availability>> SetAvailabilityAsync(
        string person, DateTimeOffset? awayFrom, DateTimeOffset? awayUntil, string? substitute, string? manager, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<Availability>>(
            async (db, token) =>
            {
                if (actor.Partner is not null || (actor.Id != person && !actor.Has("ops")))
                {
                    return Refusal.Forbidden("say when somebody else is away", "ops");
                }

                if (awayUntil <= awayFrom || (awayUntil is not null && awayFrom is null))
                {
                    return new Refusal("availability.dates", "The absence has to begin, and end after it has begun.", "awayUntil");
                }

                foreach (var (other, field) in new[] { (substitute, "substitute"), (manager, "manager") })
                {
                    if (other is not null && (!EntityId.IsValid(other) || other == person))
                    {
                        return new Refusal("availability.person", "Name another person.", field);
                    }
                }

                var row = await db.FindAsync<Availability>([person], token);
                if (row is null)
                {
                    row = new Availability { Person = person };
                    db.Add(row);
                }

                if (row.Manager != manager && !actor.Has("ops"))
                {
                    return Refusal.Forbidden("change who the manager is", "ops");
                }

                (row.AwayFrom, row.AwayUntil, row.Substitute, row.Manager) = (awayFrom, awayUntil, substitute, manager);
                audit.Add(db, actor, "availability.set", new Subject("person", person), null, new { awayFrom, awayUntil, substitute, manager });
                return row;
            },
            cancellationToken);

    private static Refusal? CheckText(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal("task.text-missing", "Say something: the text is empty.", field)
        : text.Length > MaxText ? new Refusal("task.text-too-long", $"The text has {text.Length} characters; at most {MaxText} are possible.", field)
        : null;

    private static void AddNote(EcosystemDbContext db, TaskId id, TaskNoteKind kind, string text, Actor actor, DateTimeOffset now) =>
        db.Add(new TaskNote { TaskId = id, Kind = kind, By = actor.Id, ByName = actor.Name, At = now, BodyText = text.Trim() });

    private static void Waits(CaseRecord? record, string who, string what, DateTimeOffset? due)
    {
        if (record is not null)
        {
            (record.WaitingForWho, record.WaitingForWhat, record.Due) = (who, what.Length <= 300 ? what : what[..299] + "…", due);
        }
    }

    // Who submitted what the task decides, as the audit trail has it: the first who did something to it.
    private static Task<string?> SubmitterAsync(EcosystemDbContext db, HumanTask task, CancellationToken cancellationToken) => db.Set<AuditEntry>()
        .Where(entry => entry.SubjectKind == task.SubjectKind && entry.SubjectId == task.SubjectId && entry.Source != ActorSource.System)
        .OrderBy(entry => entry.Sequence).Select(entry => entry.ActorId).FirstOrDefaultAsync(cancellationToken);

    private async Task GoOnAsync(EcosystemDbContext db, HumanTask task, CancellationToken cancellationToken)
    {
        if (task.State != TaskState.Returned)
        {
            return;
        }

        TaskClock.GoOn(task, clock.GetUtcNow());
        task.State = task.Assignee is null ? TaskState.Open : TaskState.Claimed;
        task.EscalateAt = TaskClock.NextStep(task);
        Waits(await db.FindAsync<CaseRecord>([task.CaseId], cancellationToken), string.Join(", ", HumanTask.Between(task.CandidateRoles)), task.Title, task.Due);
    }
}
