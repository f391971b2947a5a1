using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Human tasks: finding, taking and answering them. Safe for use by many threads.</summary>
public sealed class TaskService
{
    private readonly StorageSession storage;
    private readonly TaskAnswers answers;
    private readonly Func<ITemporalClient> client;
    private readonly Audit audit;

    internal TaskService(StorageSession storage, TaskAnswers answers, Audit audit, Func<ITemporalClient> client) =>
        (this.storage, this.answers, this.audit, this.client) = (storage, answers, audit, client);

    /// <summary>Lists tasks by id, oldest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<TaskView>> FindAsync(TaskQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => (await Filter(db.Set<HumanTask>(), query, actor).PageById(task => task.Id, page).ToListAsync(token)).ToPage(page, TaskView.Of, view => view.Id.Value),
        cancellationToken);

    /// <summary>Counts tasks.</summary>
    /// <param name="query">Which.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are.</returns>
    public Task<int> CountAsync(TaskQuery query, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        (db, token) => Filter(db.Set<HumanTask>(), query, actor).CountAsync(token),
        cancellationToken);

    /// <summary>Looks a task up.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or null when there is none or the actor may not see it.</returns>
    public Task<TaskView?> GetAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<HumanTask>().FirstOrDefaultAsync(task => task.Id == id, token) is { } task ? TaskView.Of(task) : null,
        cancellationToken);

    /// <summary>Takes a task, so that others leave it alone.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why it cannot be taken.</returns>
    public Task<Result<TaskView>> ClaimAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.claimed",
        null,
        task =>
        {
            if (TaskAnswers.MayAnswer(task, actor) is { } refusal)
            {
                return refusal;
            }

            task.Assignee = actor.Id;
            task.State = TaskState.Claimed;
            return null;
        },
        cancellationToken);

    /// <summary>Gives a task that was taken back to all who may take it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who has it, or somebody of operations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why it cannot be given back.</returns>
    public Task<Result<TaskView>> ReleaseAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.released",
        null,
        task =>
        {
            if (task.Assignee != actor.Id && !actor.Has("ops"))
            {
                return Refusal.Forbidden("release a task that is with somebody else", "ops");
            }

            task.Assignee = null;
            task.State = TaskState.Open;
            return null;
        },
        cancellationToken);

    /// <summary>Hands a task to another person, who answers it under the same rules: whoever may not decide it may not be handed it either.</summary>
    /// <param name="id">The task.</param>
    /// <param name="to">The other person's id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who hands it over: who has it, or somebody of operations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or why it cannot be handed over.</returns>
    public Task<Result<TaskView>> DelegateAsync(TaskId id, string to, string? reason, Actor actor, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        actor,
        "task.delegated",
        reason,
        task =>
        {
            if (task.Assignee != actor.Id && !actor.Has("ops") && TaskAnswers.MayAnswer(task, actor) is { } refusal)
            {
                return refusal;
            }

            if (task.Excluded.Contains($"|{to}|", StringComparison.Ordinal))
            {
                return new Refusal("duties.same-person", $"Segregation of duties: '{to}' took part in what this task decides and may not be handed it.", "to");
            }

            task.Assignee = to;
            task.CandidatePeople = task.CandidatePeople.Contains($"|{to}|", StringComparison.Ordinal) ? task.CandidatePeople : $"|{to}{(task.CandidatePeople.Length > 0 ? task.CandidatePeople : "|")}";
            task.State = TaskState.Claimed;
            return null;
        },
        cancellationToken);

    /// <summary>Answers a task. When it returns, the answer is committed together with what follows from it up to the next wait of the case.</summary>
    /// <param name="id">The task.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="data">What the form gives.</param>
    /// <param name="comment">What is said with it.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="cancellationToken">Gives up waiting; the answer may still be taken.</param>
    /// <returns>The task, or why the answer is not taken; then nothing has changed.</returns>
    public async Task<Result<TaskView>> CompleteAsync(TaskId id, string outcome, JsonObject? data, string? comment, Actor actor, CancellationToken cancellationToken = default)
    {
        var (found, refusal) = await storage.ReadAsync<(HumanTask?, Refusal?)>(
            async (db, token) =>
            {
                var task = await db.Set<HumanTask>().FirstOrDefaultAsync(candidate => candidate.Id == id, token);
                return task is null || !TaskAnswers.IsSeenBy(task, actor)
                    ? (null, Refusal.NotFound("task", id, "taskId"))
                    : (task, await answers.CheckAsync(db, task, outcome, data, actor, token));
            },
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var answer = new TaskAnswer(id.Value, outcome, data, comment, TaskActor.Of(actor));
        try
        {
            var handle = client().GetWorkflowHandle(found!.CaseId.Value);
            var answered = await handle.ExecuteUpdateAsync<TaskAnswered>(TaskAnswer.Update, [answer], new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            if (answered.Refusals is { Count: > 0 } refusals)
            {
                return Result<TaskView>.Refused(refusals);
            }
        }
        catch (WorkflowUpdateFailedException failure)
        {
            return new Refusal((failure.InnerException as ApplicationFailureException)?.ErrorType ?? "task.not-open", failure.InnerException?.Message ?? failure.Message, "taskId");
        }
        catch (RpcException failure) when (failure.Code == RpcException.StatusCode.NotFound)
        {
            return new Refusal("case.ended", $"The case '{found!.CaseId}' has ended.", "taskId");
        }

        return await GetAsync(id, actor, cancellationToken) is { } view ? view : Refusal.NotFound("task", id, "taskId");
    }

    private static IQueryable<HumanTask> Filter(IQueryable<HumanTask> tasks, TaskQuery query, Actor actor)
    {
        if (query.State is { } state)
        {
            tasks = tasks.Where(task => task.State == state);
        }
        else if (!query.All)
        {
            tasks = tasks.Where(task => task.State == TaskState.Open || task.State == TaskState.Claimed || task.State == TaskState.Returned);
        }

        if (query.Role is { Length: > 0 } role)
        {
            var bar = $"|{role}|";
            tasks = tasks.Where(task => task.CandidateRoles.Contains(bar));
        }

        if (query.Assignee is { Length: > 0 } assignee)
        {
            tasks = tasks.Where(task => task.Assignee == assignee);
        }

        if (query.CaseId is { } caseId)
        {
            tasks = tasks.Where(task => task.CaseId == caseId);
        }

        if (query.Type is { Length: > 0 } type)
        {
            tasks = tasks.Where(task => task.Type == type);
        }

        if (query.Text is { Length: > 0 } text)
        {
            tasks = tasks.Where(task => EF.Functions.Like(task.Title, $"%{text}%"));
        }

        if (query.MineOnly && actor.Partner is null)
        {
            var person = $"|{actor.Id}|";
            var roles = actor.Roles.Select(name => $"|{name}|").ToList();
            var one = roles.ElementAtOrDefault(0) ?? person;
            var two = roles.ElementAtOrDefault(1) ?? one;
            var three = roles.ElementAtOrDefault(2) ?? one;
            var four = roles.ElementAtOrDefault(3) ?? one;
            tasks = tasks.Where(task => !task.Excluded.Contains(person) && task.PartnerId == null
                && (task.Assignee == actor.Id || task.CandidatePeople.Contains(person)
                    || (task.Assignee == null && (task.CandidateRoles.Contains(one) || task.CandidateRoles.Contains(two) || task.CandidateRoles.Contains(three) || task.CandidateRoles.Contains(four)))));
        }

        return tasks;
    }

    private Task<Result<TaskView>> ChangeAsync(TaskId id, Actor actor, string action, string? reason, Func<HumanTask, Refusal?> change, CancellationToken cancellationToken) =>
        storage.WriteAsync<Result<TaskView>>(
            async (db, token) =>
            {
                if (await db.Set<HumanTask>().FindAsync([id], token) is not { } task || !TaskAnswers.IsSeenBy(task, actor))
                {
                    return Refusal.NotFound("task", id, "taskId");
                }

                if (task.State is TaskState.Completed or TaskState.Cancelled)
                {
                    return new Refusal("task.not-open", $"The task '{id}' {(task.State == TaskState.Completed ? "was answered already" : "is no longer needed")}.", "taskId");
                }

                if (change(task) is { } refusal)
                {
                    return refusal;
                }

                audit.Add(db, actor, action, id, reason, new { task.Type, task.Assignee });
                return TaskView.Of(task);
            },
            cancellationToken);
}
