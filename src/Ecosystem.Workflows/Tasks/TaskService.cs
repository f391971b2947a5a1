using System.Text.Json.Nodes;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Human tasks: finding, taking and answering them. Safe for use by many threads.</summary>
public sealed partial class TaskService
{
    private const int MaxText = 4_000;
    private readonly StorageSession storage;
    private readonly TaskAnswers answers;
    private readonly Func<ITemporalClient> client;
    private readonly TaskRouting routing;
    private readonly Outbox outbox;
    private readonly Audit audit;
    private readonly TimeProvider clock;

    internal TaskService(StorageSession storage, TaskAnswers answers, TaskRouting routing, Outbox outbox, Audit audit, TimeProvider clock, Func<ITemporalClient> client) =>
        (this.storage, this.answers, this.routing, this.outbox, this.audit, this.clock, this.client) = (storage, answers, routing, outbox, audit, clock, client);

    /// <summary>Lists tasks, what is due first on top; answered ones the latest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<TaskView>> FindAsync(TaskQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var found = await TaskInbox.FindAsync(db, query, page, actor, token);
            return new Page<TaskView>([.. found.Items.Select(task => TaskView.Of(task, actor))], found.Next);
        },
        cancellationToken);

    /// <summary>What the things that tasks are about are called: partners by their names, deals by their customers'.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Names by thing, as far as there are any the actor may see.</returns>
    public Task<IReadOnlyDictionary<Subject, string>> NamesAsync(IEnumerable<TaskView> tasks, Actor actor, CancellationToken cancellationToken = default) =>
        storage.ReadAsync<IReadOnlyDictionary<Subject, string>>(
            actor,
            async (db, token) =>
            {
                var subjects = tasks.Select(task => task.Subject).Distinct().Where(subject => EntityId.IsValid(subject.Id)).ToLookup(subject => subject.Kind, subject => subject.Id);
                var partners = subjects["partner"].Select(id => new PartnerId(id)).ToList();
                var deals = subjects["deal"].Select(id => new DealId(id)).ToList();
                var names = new Dictionary<Subject, string>();
                foreach (var row in partners.Count == 0 ? [] : await db.Set<Partner>().Where(partner => partners.Contains(partner.Id)).Select(partner => new { partner.Id, partner.LegalName }).ToListAsync(token))
                {
                    names[row.Id] = row.LegalName;
                }

                foreach (var row in deals.Count == 0 ? [] : await db.Set<Deal>().Where(deal => deals.Contains(deal.Id)).Select(deal => new { deal.Id, deal.CustomerName }).ToListAsync(token))
                {
                    names[row.Id] = row.CustomerName;
                }

                return names;
            },
            cancellationToken);

    /// <summary>Counts tasks.</summary>
    /// <param name="query">Which.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are.</returns>
    public Task<int> CountAsync(TaskQuery query, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor, (db, token) => TaskInbox.CountAsync(db, query, actor, token), cancellationToken);

    /// <summary>Looks a task up.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task, or null when there is none or the actor may not see it.</returns>
    public Task<TaskView?> GetAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<HumanTask>().FirstOrDefaultAsync(task => task.Id == id, token) is { } task ? TaskView.Of(task, actor) : null,
        cancellationToken);

    /// <summary>What is known of the fields of a task's form, so that nobody need be asked for it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Values by field; empty when the actor may not see the form.</returns>
    public Task<JsonObject> KnownAsync(TaskId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<HumanTask>().FirstOrDefaultAsync(task => task.Id == id, token) is { } task && (actor.Partner is null || task.PartnerId == actor.Partner)
            ? await TaskKnowledge.OfAsync(db, task, token)
            : [],
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
        async (db, task, token) =>
        {
            if (await answers.MayDecideAsync(db, task, actor, token) is { } refusal)
            {
                return refusal;
            }

            await GoOnAsync(db, task, token);
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
        (_, task, _) =>
        {
            if (task.State != TaskState.Claimed)
            {
                return Task.FromResult<Refusal?>(new Refusal("task.not-claimed", "Nobody has this task, so it cannot be given back."));
            }

            if (task.Assignee != actor.Id && !actor.Has("ops"))
            {
                return Task.FromResult<Refusal?>(Refusal.Forbidden("release a task that is with somebody else", "ops"));
            }

            task.Assignee = null;
            task.State = TaskState.Open;
            return Task.FromResult<Refusal?>(null);
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
        async (db, task, token) =>
        {
            if (!EntityId.IsValid(to) || to == actor.Id)
            {
                return new Refusal("task.delegate", to == actor.Id ? "The task is to go to somebody else; to take it yourself, claim it." : "Name the person who is to have the task.", "to");
            }

            // Who may not decide it may not choose who does.
            if (task.Assignee != actor.Id && !actor.Has("ops") && TaskAnswers.MayAnswer(task, actor) is { } notAllowed)
            {
                return notAllowed;
            }

            if (await routing.CheckAsync(db, task, actor.Id, token) is { Code: "duties.same-person" })
            {
                return new Refusal("duties.same-person", "Segregation of duties: you took part in what this task decides, so you may not choose who decides it.");
            }

            if (await routing.CheckAsync(db, task, to, token) is { } refusal)
            {
                return refusal;
            }

            await GoOnAsync(db, task, token);
            var holder = task.Assignee ?? actor.Id;
            if (await routing.AssignAsync(db, task, to, clock.GetUtcNow(), token) is not { } who)
            {
                return new Refusal("task.delegate-away", $"'{to}' is away, and who stands in for them may not decide this task; name somebody else.", "to");
            }

            if (!task.HandedOnBy.Contains($"|{holder}|", StringComparison.Ordinal))
            {
                task.HandedOnBy = $"|{holder}{(task.HandedOnBy.Length > 0 ? task.HandedOnBy : "|")}";
            }

            outbox.Add(db, OutboxKind.Mail, who, Integration.Mail.Notice.OfTask(who, "task-assigned", task, reason));
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
    public Task<Result<TaskView>> CompleteAsync(TaskId id, string outcome, JsonObject? data, string? comment, Actor actor, CancellationToken cancellationToken = default) =>
        CompleteAsync(id, outcome, data, comment, actor, null, cancellationToken);

    internal async Task<Result<TaskView>> CompleteAsync(TaskId id, string outcome, JsonObject? data, string? comment, Actor actor, string? link, CancellationToken cancellationToken)
    {
        if (comment?.Length > MaxText)
        {
            return new Refusal("task.comment-too-long", $"The comment has {comment.Length} characters; at most {MaxText} are possible.", "comment");
        }

        var (found, refused) = await storage.ReadAsync<(HumanTask?, IReadOnlyList<Refusal>)>(
            async (db, token) =>
            {
                var task = await db.Set<HumanTask>().FirstOrDefaultAsync(candidate => candidate.Id == id, token);
                return task is null || !TaskAnswers.IsSeenBy(task, actor)
                    ? (null, [Refusal.NotFound("task", id)])
                    : (task, await answers.CheckAsync(db, task, outcome, data, actor, token));
            },
            cancellationToken);
        if (refused.Count > 0)
        {
            return Result<TaskView>.Refused(refused);
        }

        var answer = new TaskAnswer(id.Value, outcome, data, comment, TaskActor.Of(actor), link);
        refused = await SendAsync(found!.CaseId, answer, cancellationToken);
        if (refused is [{ Code: "task.not-open" }] && await IsOpenAsync(id, cancellationToken))
        {
            // The task is there and its case does not know: what made it was lost with a worker.
            await CaseCatchUp.TellAsync(client(), found.CaseId, cancellationToken);
            refused = await SendAsync(found.CaseId, answer, cancellationToken);
        }

        if (refused.Count > 0)
        {
            return refused[0].Code == "case.ended" ? await TooLateAsync(id, refused[0], cancellationToken) : Result<TaskView>.Refused(refused);
        }

        return await GetAsync(id, actor, cancellationToken) is { } view ? view : Refusal.NotFound("task", id);
    }

    private async Task<IReadOnlyList<Refusal>> SendAsync(CaseId id, TaskAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            var options = new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } };
            return (await client().GetWorkflowHandle(id.Value).ExecuteUpdateAsync<TaskAnswered>(TaskAnswer.Update, [answer], options)).Refusals ?? [];
        }
        catch (WorkflowUpdateFailedException failure)
        {
            return [new Refusal((failure.InnerException as ApplicationFailureException)?.ErrorType ?? "task.not-open", failure.InnerException?.Message ?? failure.Message)];
        }
        catch (RpcException failure) when (failure.Code == RpcException.StatusCode.NotFound)
        {
            return [new Refusal("case.ended", $"The case '{id}' has ended.")];
        }
    }

    private Task<bool> IsOpenAsync(TaskId id, CancellationToken cancellationToken) =>
        storage.ReadAsync((db, token) => db.Set<HumanTask>().AnyAsync(row => row.Id == id && row.IsOpen, token), cancellationToken);

    // A case that ended before the answer came: usually because somebody else's came first.
    private async Task<Refusal> TooLateAsync(TaskId id, Refusal otherwise, CancellationToken cancellationToken) =>
        await storage.ReadAsync((db, token) => db.Set<HumanTask>().FirstOrDefaultAsync(row => row.Id == id, token), cancellationToken) is { IsOpen: false } task ? TaskAnswers.NotOpen(task) : otherwise;

    private Task<Result<TaskView>> ChangeAsync(
        TaskId id, Actor actor, string action, string? reason, Func<EcosystemDbContext, HumanTask, CancellationToken, Task<Refusal?>> change, CancellationToken cancellationToken) =>
        storage.WriteAsync<Result<TaskView>>(
            async (db, token) =>
            {
                if (await db.FindAsync<HumanTask>([id], token) is not { } task || !TaskAnswers.IsSeenBy(task, actor))
                {
                    return Refusal.NotFound("task", id);
                }

                if (!task.IsOpen)
                {
                    return TaskAnswers.NotOpen(task);
                }

                if (await change(db, task, token) is { } refusal)
                {
                    return refusal;
                }

                audit.Add(db, actor, action, id, reason, new { task.Type, task.Assignee });
                return TaskView.Of(task, actor);
            },
            cancellationToken);
}
