using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// Moves tasks that are late up the ladder of <see cref="TaskClock"/>. A sweep: it does what is due now, so that one that was missed is made
/// up for, and doing it twice does nothing. Safe for use by many threads.
/// </summary>
public sealed class TaskEscalation
{
    private const int Batch = 200;
    private static readonly Actor System = Actor.System("task-escalation");
    private readonly StorageSession storage;
    private readonly TaskRouting routing;
    private readonly TaskService tasks;
    private readonly Outbox outbox;
    private readonly Audit audit;
    private readonly TimeProvider clock;
    private readonly string managerRole;
    private readonly string headRole;

    internal TaskEscalation(StorageSession storage, TaskRouting routing, TaskService tasks, Outbox outbox, Audit audit, TimeProvider clock, IConfiguration configuration)
    {
        (this.storage, this.routing, this.tasks, this.outbox, this.audit, this.clock) = (storage, routing, tasks, outbox, audit, clock);
        managerRole = configuration["Tasks:ManagerRole"] is { Length: > 0 } manager ? manager : "ops";
        headRole = configuration["Tasks:HeadRole"] is { Length: > 0 } head ? head : "channel-head";
    }

    /// <summary>Does what is due.</summary>
    /// <param name="cancellationToken">Stops after the task at hand.</param>
    /// <returns>How many tasks were moved.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var moved = await ForThoseAwayAsync(cancellationToken) + await FollowUpAsync(cancellationToken);
        for (List<TaskId> due = [new("first")]; due.Count > 0;)
        {
            var now = clock.GetUtcNow();
            due = await storage.ReadAsync(
                (db, token) => db.Set<HumanTask>().Where(task => task.EscalateAt <= now).OrderBy(task => task.EscalateAt).Take(Batch).Select(task => task.Id).ToListAsync(token),
                cancellationToken);
            foreach (var id in due)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var end = await storage.WriteAsync((db, token) => EscalateAsync(db, id, now, token), cancellationToken);
                moved++;
                if (end is { } outcome)
                {
                    await AnswerByDefaultAsync(id, outcome, cancellationToken);
                }
            }
        }

        return moved;
    }

    // Gives the outcome with which the task is to be answered by default, or null.
    private async Task<string?> EscalateAsync(EcosystemDbContext db, TaskId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<HumanTask>([id], cancellationToken) is not { } task || task.EscalateAt is null || task.EscalateAt > now)
        {
            return null;
        }

        var from = task.Escalation;
        var step = TaskClock.StepDue(task, now);
        if (from < TaskClock.WithManager && step >= TaskClock.WithManager)
        {
            await ToManagerAsync(db, task, now, cancellationToken);
        }

        if (from < TaskClock.WithHead && step >= TaskClock.WithHead)
        {
            // Partners' tasks stay theirs: nobody else can answer for them.
            if (task.PartnerId is null)
            {
                AddRole(task, headRole);
                Release(task);
            }

            Tell(db, headRole, "task-escalated", task);
        }

        if (step is TaskClock.Reminded or TaskClock.Warned)
        {
            foreach (var recipient in Recipients(task))
            {
                Tell(db, recipient, step == TaskClock.Reminded ? "task-reminder" : "task-warning", task);
            }
        }

        task.Escalation = step;
        task.EscalateAt = TaskClock.NextStep(task);
        audit.Add(db, System, Action(step), task.Id, null, new { task.Type, task.Escalation, task.Assignee });
        return step == TaskClock.Defaulted ? task.DefaultOutcome : null;
    }

    private async Task ToManagerAsync(EcosystemDbContext db, HumanTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (task.PartnerId is not null)
        {
            Tell(db, managerRole, "task-escalated", task);
            return;
        }

        var manager = task.Assignee is { } late
            ? (await db.FindAsync<Availability>([late], cancellationToken))?.Manager
            : null;
        if (manager is not null && await routing.AssignAsync(db, task, manager, now, cancellationToken) is { } who)
        {
            Tell(db, who, "task-escalated", task);
            return;
        }

        AddRole(task, managerRole);
        Release(task);
        Tell(db, managerRole, "task-escalated", task);
    }

    private async Task AnswerByDefaultAsync(TaskId id, string outcome, CancellationToken cancellationToken)
    {
        var answered = await tasks.CompleteAsync(id, outcome, null, "Nobody answered in three times the time there was; the process says what happens then.", System, cancellationToken);
        if (!answered.IsSuccess)
        {
            await storage.WriteAsync(
                (db, _) =>
                {
                    audit.Add(db, System, "task.default-refused", id, answered.Refusal!.Message, new { outcome });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
    }

    // Tasks that are with people who are away go to those who stand in for them.
    private async Task<int> ForThoseAwayAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var away = await storage.ReadAsync(
            (db, token) => db.Set<Availability>().Where(row => row.AwayFrom <= now && (row.AwayUntil == null || row.AwayUntil > now)).Select(row => row.Person).ToListAsync(token),
            cancellationToken);
        var moved = 0;
        foreach (var person in away)
        {
            moved += await storage.WriteAsync((db, token) => HandOverAsync(db, person, now, token), cancellationToken);
        }

        return moved;
    }

    // Reminds, once, those who wanted to come back to a task on a day.
    private Task<int> FollowUpAsync(CancellationToken cancellationToken) => storage.WriteAsync(
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var due = await db.Set<HumanTask>().AsTracking().Where(task => task.FollowUp <= now).ToListAsync(token);
            foreach (var task in due)
            {
                task.FollowUp = null;
                if (task.IsOpen)
                {
                    foreach (var recipient in Recipients(task))
                    {
                        Tell(db, recipient, "task-follow-up", task);
                    }

                    audit.Add(db, System, "task.followed-up", task.Id, null, new { task.Type, task.Assignee });
                }
            }

            return due.Count(task => task.IsOpen);
        },
        cancellationToken);

    private async Task<int> HandOverAsync(EcosystemDbContext db, string person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await db.Set<HumanTask>().Where(task => task.Assignee == person && task.IsOpen && task.State == TaskState.Claimed && task.PartnerId == null).ToListAsync(cancellationToken);
        var moved = 0;
        foreach (var task in held)
        {
            if (await routing.AssignAsync(db, task, person, now, cancellationToken) is var who && who != person)
            {
                moved++;
                audit.Add(db, System, "task.handed-over", task.Id, $"'{person}' is away.", new { task.Type, task.Assignee });
                if (who is not null)
                {
                    Tell(db, who, "task-assigned", task);
                }
            }
        }

        return moved;
    }

    private void Tell(EcosystemDbContext db, string recipient, string template, HumanTask task) => outbox.Add(db, OutboxKind.Mail, recipient, Notice.OfTask(recipient, template, task));

    private static string[] Recipients(HumanTask task) =>
        task.Assignee is { } assignee ? [assignee]
        : task.PartnerId is { } partner ? [partner.Value]
        : HumanTask.Between(task.CandidatePeople) is { Length: > 0 } people ? people
        : HumanTask.Between(task.CandidateRoles);

    private static void AddRole(HumanTask task, string role)
    {
        if (!task.CandidateRoles.Contains($"|{role}|", StringComparison.Ordinal))
        {
            task.CandidateRoles = $"{(task.CandidateRoles.Length > 0 ? task.CandidateRoles : "|")}{role}|";
        }
    }

    // Whoever has it may still answer it, but no longer keeps others from it.
    private static void Release(HumanTask task)
    {
        if (task.Assignee is { } holder)
        {
            TaskRouting.AddCandidate(task, holder);
        }

        task.Assignee = null;
        task.State = TaskState.Open;
    }

    private static string Action(int step) => step switch
    {
        TaskClock.Reminded => "task.reminded",
        TaskClock.Warned => "task.warned",
        TaskClock.WithManager => "task.overdue",
        TaskClock.WithHead => "task.with-head",
        _ => "task.defaulted",
    };
}
