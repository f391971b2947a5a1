using System.Text.Json.Nodes;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Tasks;
using Ecosystem.Workflows.Tasks.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/tasks</c>: what people have to do or decide.</summary>
internal static class TasksApi
{
    /// <summary>An answer to a task.</summary>
    internal sealed record Answer(string Outcome, JsonObject? Data = null, string? Comment = null);

    /// <summary>Hands a task on.</summary>
    internal sealed record Delegation(string To, string? Reason = null);

    /// <summary>Something said about a task.</summary>
    internal sealed record Said(string Text);

    /// <summary>When and how urgently a task is to be done; what is left out stays.</summary>
    internal sealed record Plan(int? Priority = null, DateTimeOffset? FollowUp = null, bool ClearFollowUp = false);

    /// <summary>The same for many tasks.</summary>
    internal sealed record Bulk(IReadOnlyList<string> Ids, string Action, string? To = null, string? Outcome = null, JsonObject? Data = null, string? Comment = null, int? Priority = null);

    /// <summary>When a person is away.</summary>
    internal sealed record Absence(DateTimeOffset? AwayFrom = null, DateTimeOffset? AwayUntil = null, string? Substitute = null, string? Manager = null);

    /// <summary>An uploaded document.</summary>
    internal sealed record DocumentView(string Id, string Name, string ContentType, long Size, string Sha256, DateTimeOffset At, string By)
    {
        internal static DocumentView Of(Document document) => new(document.Id, document.Name, document.ContentType, document.Size, document.Sha256, document.At, document.By);
    }

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks").RequireAuthorization(Access.Read("tasks"));
        var writes = tasks.MapGroup("").RequireAuthorization(Access.Write("tasks"));
        tasks.MapGet("", FindAsync).WithSummary("Finds tasks by status, role, assignee, case, type and words, what is due first on top; mine=true for what the caller may answer");
        tasks.MapGet("/{id}", GetAsync).WithSummary("Shows one task with its form and outcomes");
        tasks.MapGet("/{id}/history", HistoryAsync).WithSummary("What was said about a task and done with it, oldest first");
        tasks.MapGet("/{id}/documents", DocumentsAsync).WithSummary("The documents of a task");
        tasks.MapGet("/{id}/documents/{documentId}", DownloadAsync).WithSummary("One document's bytes");
        writes.MapPost("/{id}/claim", (string id, TaskService tasks, HttpContext http, CancellationToken ct) => ChangeAsync(id, tasks, http, task => tasks.ClaimAsync(task, http.Actor(), ct), ct)).WithSummary("Takes a task");
        writes.MapPost("/{id}/release", (string id, TaskService tasks, HttpContext http, CancellationToken ct) => ChangeAsync(id, tasks, http, task => tasks.ReleaseAsync(task, http.Actor(), ct), ct)).WithSummary("Gives a task back");
        writes.MapPost("/{id}/delegate", (string id, Delegation body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => tasks.DelegateAsync(task, body.To, body.Reason, http.Actor(), ct), ct)).WithSummary("Hands a task to somebody else");
        writes.MapPost("/{id}/return", (string id, Said body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => tasks.ReturnAsync(task, body.Text, http.Actor(), ct), ct)).WithSummary("Returns a task to its submitter with a question; its clock stands still");
        writes.MapPost("/{id}/reply", (string id, Said body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => tasks.ReplyAsync(task, body.Text, http.Actor(), ct), ct)).WithSummary("Answers the question of a returned task");
        writes.MapPost("/{id}/comments", (string id, Said body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => tasks.CommentAsync(task, body.Text, http.Actor(), ct), ct)).WithSummary("Keeps a remark on a task");
        writes.MapPost("/{id}/plan", (string id, Plan body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => tasks.PlanAsync(task, body.Priority, body.FollowUp, body.FollowUp is not null || body.ClearFollowUp, http.Actor(), ct), ct)).WithSummary("Sets priority and follow-up date");
        writes.MapPost("/{id}/complete", (string id, Answer body, TaskService tasks, HttpContext http, CancellationToken ct) =>
            ChangeAsync(id, tasks, http, task => AnswerAsync(task, body, tasks, http, ct), ct)).WithSummary("Answers a task; the case goes on");
        writes.MapPost("/{id}/documents", UploadAsync).WithSummary("Uploads a document of a task; its id is the value of a file field");
        writes.MapPost("/bulk", BulkAsync).WithSummary("Does the same with up to 200 tasks, each checked on its own");
        var people = api.MapGroup("/people").WithTags("Tasks").RequireAuthorization(Access.Read("tasks"));
        people.MapGet("/{person}/availability", AvailabilityAsync).WithSummary("When a person is away and who stands in");
        people.MapPut("/{person}/availability", SetAvailabilityAsync).RequireAuthorization(Access.Write("tasks")).WithSummary("Sets when a person is away and who stands in");
    }

    private static async Task<Results<Ok<Page<TaskView>>, ProblemHttpResult>> FindAsync(
        TaskService tasks, HttpContext http, string? status, string? role, string? assignee, string? @case, string? type, string? query, bool? mine, DateTimeOffset? dueBefore,
        string? cursor, int? limit, CancellationToken ct)
    {
        TaskState? state = null;
        if (status is { Length: > 0 } && !status.Equals("all", StringComparison.OrdinalIgnoreCase) && !status.Equals("open", StringComparison.OrdinalIgnoreCase))
        {
            if (!Enum.TryParse<TaskState>(status, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return ApiProblem.From(new Refusal("task.status", $"'{status}' is not a status; use {string.Join(", ", Enum.GetNames<TaskState>()).ToLowerInvariant()} or all.", "status"));
            }

            state = parsed;
        }

        var asked = new TaskQuery(
            state, role, assignee, EntityId.IsValid(@case) ? new CaseId(@case) : null, type, mine == true, query, string.Equals(status, "all", StringComparison.OrdinalIgnoreCase), dueBefore);
        return TypedResults.Ok(await tasks.FindAsync(asked, Lists.Page(cursor, limit), http.Actor(), ct));
    }

    private static async Task<Results<Ok<TaskView>, ProblemHttpResult>> GetAsync(string id, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        if (await OneAsync(id, tasks, http, ct) is not { } task)
        {
            return ApiProblem.NotFound("task", id);
        }

        http.Tag(task.Version);
        return TypedResults.Ok(task);
    }

    private static async Task<Results<Ok<IReadOnlyList<TaskEvent>>, ProblemHttpResult>> HistoryAsync(string id, TaskService tasks, HttpContext http, CancellationToken ct) =>
        await OneAsync(id, tasks, http, ct) is { } task ? TypedResults.Ok(await tasks.HistoryAsync(task.Id, http.Actor(), ct)) : ApiProblem.NotFound("task", id);

    private static async Task<Results<Ok<List<DocumentView>>, ProblemHttpResult>> DocumentsAsync(string id, TaskService tasks, DocumentStore documents, HttpContext http, CancellationToken ct) =>
        await OneAsync(id, tasks, http, ct) is { } task
            ? TypedResults.Ok((await documents.ListAsync(task.Id, http.Actor(), ct)).ConvertAll(DocumentView.Of))
            : ApiProblem.NotFound("task", id);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(string id, string documentId, DocumentStore documents, HttpContext http, CancellationToken ct)
    {
        if (await documents.OpenAsync(documentId, http.Actor(), ct) is not { } found)
        {
            return ApiProblem.NotFound("document", documentId);
        }

        if (found.Document.TaskId.Value != id)
        {
            await found.Content.DisposeAsync();
            return ApiProblem.NotFound("document", documentId);
        }

        // Always as an attachment: what others uploaded is not run in our origin.
        return TypedResults.Stream(found.Content, found.Document.ContentType, found.Document.Name);
    }

    private static async Task<Results<Created<DocumentView>, ProblemHttpResult>> UploadAsync(string id, IFormFile file, TaskService tasks, DocumentStore documents, HttpContext http, CancellationToken ct)
    {
        if (await OneAsync(id, tasks, http, ct) is not { } task)
        {
            return ApiProblem.NotFound("task", id);
        }

        await using var content = file.OpenReadStream();
        var kept = await documents.AddAsync(task.Id, file.FileName, content, http.Actor(), ct);
        return kept.TryGet(out var document)
            ? TypedResults.Created($"{ApiSetup.Root}/tasks/{id}/documents/{document.Id}", DocumentView.Of(document))
            : ApiProblem.From(kept);
    }

    private static async Task<Results<Ok<IReadOnlyList<BulkItem>>, ProblemHttpResult>> BulkAsync(Bulk body, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        var done = await tasks.BulkAsync(body.Ids, new BulkWork(body.Action, body.To, body.Outcome, body.Data, body.Comment, body.Priority), http.Actor(), ct);
        return done.TryGet(out var items) ? TypedResults.Ok(items) : ApiProblem.From(done);
    }

    private static async Task<Results<Ok<Availability>, ProblemHttpResult>> AvailabilityAsync(string person, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        var actor = http.Actor();
        return actor.Partner is not null || (actor.Id != person && !actor.Has("ops"))
            ? ApiProblem.From(Refusal.Forbidden("see when somebody else is away", "ops"))
            : TypedResults.Ok(await tasks.AvailabilityAsync(person, ct) ?? new Availability { Person = person });
    }

    private static async Task<Results<Ok<Availability>, ProblemHttpResult>> SetAvailabilityAsync(string person, Absence body, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        var set = await tasks.SetAvailabilityAsync(person, body.AwayFrom, body.AwayUntil, body.Substitute, body.Manager, http.Actor(), ct);
        return set.TryGet(out var availability) ? TypedResults.Ok(availability) : ApiProblem.From(set);
    }

    // A repeat of an answer that was taken just before the process died finds it taken, and is answered as the first would have been.
    private static async Task<Result<TaskView>> AnswerAsync(TaskId id, Answer body, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        var result = await tasks.CompleteAsync(id, body.Outcome, body.Data, body.Comment, http.Actor(), ct);
        return !result.IsSuccess && http.Features.Get<IdempotencyKey>() is not null
            && await tasks.GetAsync(id, http.Actor(), ct) is { State: TaskState.Completed } done && done.CompletedBy == http.Actor().Id && done.Outcome == body.Outcome
            ? done
            : result;
    }

    private static async Task<Results<Ok<TaskView>, ProblemHttpResult>> ChangeAsync(
        string id, TaskService tasks, HttpContext http, Func<TaskId, Task<Result<TaskView>>> change, CancellationToken ct)
    {
        if (await OneAsync(id, tasks, http, ct) is not { } task)
        {
            return ApiProblem.NotFound("task", id);
        }

        if (http.Stale(task.Version) is { } stale)
        {
            return stale;
        }

        var result = await change(task.Id);
        if (!result.TryGet(out var changed))
        {
            return ApiProblem.From(result);
        }

        http.Tag(changed.Version);
        return TypedResults.Ok(changed);
    }

    private static async Task<TaskView?> OneAsync(string id, TaskService tasks, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) ? await tasks.GetAsync(new TaskId(id), http.Actor(), ct) : null;
}
