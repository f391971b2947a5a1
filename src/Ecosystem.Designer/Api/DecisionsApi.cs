using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Decisions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/decisions</c>: why something was decided, and whether it would be decided the same again.</summary>
internal static class DecisionsApi
{
    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var decisions = api.MapGroup("/decisions").WithTags("Decisions").RequireAuthorization(Access.Read("decisions"));
        decisions.MapGet("", AboutAsync).WithSummary("Lists the decisions about a deal, partner, conflict or case in their order");
        decisions.MapGet("/{id}", GetAsync).WithSummary("Shows one decision: ruleset, version, inputs, rows hit, reasons");
        decisions.MapPost("/{id}/replay", ReplayAsync).WithSummary("Evaluates the stored inputs again and tells the difference, if any");
    }

    private static async Task<Ok<Page<DecisionView>>> AboutAsync(
        string subjectKind, string subjectId, DecisionService decisions, HttpContext http, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(Lists.Slice(await decisions.AboutAsync(new Subject(subjectKind, subjectId), http.Actor(), ct), cursor, limit));

    private static async Task<Results<Ok<DecisionView>, ProblemHttpResult>> GetAsync(string id, DecisionService decisions, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) && await decisions.GetAsync(new DecisionId(id), http.Actor(), ct) is { } decision ? TypedResults.Ok(decision) : ApiProblem.NotFound("decision", id);

    private static async Task<Results<Ok<DecisionReplay>, ProblemHttpResult>> ReplayAsync(string id, DecisionService decisions, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) && await decisions.ReplayAsync(new DecisionId(id), http.Actor(), ct) is { } replay ? TypedResults.Ok(replay) : ApiProblem.NotFound("decision", id);
}
