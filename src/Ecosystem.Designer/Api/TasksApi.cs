using System.Text.Json.Nodes;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/tasks</c>: what people have to do or decide.</summary>
internal static class TasksApi
{
    /// <summary>An answer to a task.</summary>
    internal sealed record Answer(string Outcome, JsonObject? Data = null, string? Comment = null);

    /// <summary>Hands a task on.</summary>
    internal sealed record Delegation(string To, string? Reason = null);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks").RequireAuthorization(Access.Read("tasks"));
        tasks.MapGet("", FindAsync).WithSummary("Finds tasks by status, role, assignee and case; mine=true for what the caller may answer");
        tasks.MapGet("/{id}", GetAsync).WithSummary("Shows one task with its form and outcomes");
        tasks.MapPost("/{id}/claim", ClaimAsync).RequireAuthorization(Access.Write("tasks")).WithSummary("Takes a task");
        tasks.MapPost("/{id}/release", ReleaseAsync).RequireAuthorization(Access.Write("tasks")).WithSummary("Gives a task back");
        tasks.MapPost("/{id}/delegate", DelegateAsync).RequireAuthorization(Access.Write("tasks")).WithSummary("Hands a task to somebody else");
        tasks.MapPost("/{id}/complete", CompleteAsync).RequireAuthorization(Access.Write("tasks")).WithSummary("Answers a task; the case goes on");
    }

    private static async Task<Results<Ok<Page<TaskView>>, ProblemHttpResult>> FindAsync(
        TaskService tasks, HttpContext http, string? status, string? role, string? assignee, string? @case, string? type, string? query, bool? mine,
        string? cursor, int? limit, CancellationToken ct)
    {
        TaskState? state = null;
        if (status is { Length: > 0 } && !status.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            if (!Enum.TryParse<TaskState>(status, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return ApiProblem.From(new Refusal("task.status", $"'{status}' is not a status; use {string.Join(", ", Enum.GetNames<TaskState>()).ToLowerInvariant()} or all.", "status"));
            }

            state = parsed;
        }

        var asked = new TaskQuery(
            state, role, assignee, EntityId.IsValid(@case) ? new CaseId(@case) : null, type, mine == true, query, string.Equals(status, "all", StringComparison.OrdinalIgnoreCase));
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

    private static Task<Results<Ok<TaskView>, ProblemHttpResult>> ClaimAsync(string id, TaskService tasks, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, tasks, http, task => tasks.ClaimAsync(task, http.Actor(), ct), ct);

    private static Task<Results<Ok<TaskView>, ProblemHttpResult>> ReleaseAsync(string id, TaskService tasks, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, tasks, http, task => tasks.ReleaseAsync(task, http.Actor(), ct), ct);

    private static Task<Results<Ok<TaskView>, ProblemHttpResult>> DelegateAsync(string id, Delegation body, TaskService tasks, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, tasks, http, task => tasks.DelegateAsync(task, body.To, body.Reason, http.Actor(), ct), ct);

    private static Task<Results<Ok<TaskView>, ProblemHttpResult>> CompleteAsync(string id, Answer body, TaskService tasks, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, tasks, http, task => tasks.CompleteAsync(task, body.Outcome, body.Data, body.Comment, http.Actor(), ct), ct);

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
