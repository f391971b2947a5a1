using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Conflicts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/conflicts</c>: registrations that overlap, proposals with their arithmetic, rulings.</summary>
internal static class ConflictsApi
{
    /// <summary>Maps the calls. Partners see the neutral state of their deal, never the other party.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var conflicts = api.MapGroup("/conflicts").WithTags("Conflicts").RequireAuthorization(Access.Read("conflicts", Access.Staff));
        conflicts.MapGet("", FindAsync).WithSummary("Finds conflicts by status and deal");
        conflicts.MapGet("/{id}", GetAsync).WithSummary("Shows one conflict: parties, matched keys, score, proposals with arithmetic");
        conflicts.MapPost("/{id}/rule", RuleAsync).RequireAuthorization(Access.Write("conflicts", Roles.Approver)).WithSummary("Rules on a conflict");
    }

    private static async Task<Ok<Page<ConflictView>>> FindAsync(
        ConflictService conflicts, HttpContext http, ConflictStatus? status, string? dealId, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(await conflicts.FindAsync(
            new ConflictQuery(status, EntityId.IsValid(dealId) ? new DealId(dealId) : null), Lists.Page(cursor, limit), http.Actor(), ct));

    private static async Task<Results<Ok<ConflictView>, ProblemHttpResult>> GetAsync(string id, ConflictService conflicts, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await conflicts.GetAsync(new ConflictId(id), http.Actor(), ct) is not { } conflict)
        {
            return ApiProblem.NotFound("conflict", id);
        }

        http.Tag(conflict.Version);
        return TypedResults.Ok(conflict);
    }

    private static async Task<Results<Ok<ConflictView>, ProblemHttpResult>> RuleAsync(
        string id, ConflictRuling body, ConflictService conflicts, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await conflicts.GetAsync(new ConflictId(id), http.Actor(), ct) is not { } conflict)
        {
            return ApiProblem.NotFound("conflict", id);
        }

        if (http.Stale(conflict.Version) is { } stale)
        {
            return stale;
        }

        var result = await conflicts.RuleAsync(conflict.Id, body, http.Actor(), ct);
        return result.TryGet(out var ruled) ? TypedResults.Ok(ruled) : ApiProblem.From(result);
    }
}
