using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Partners;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/partners</c>: applications, partners, their statements and balances.</summary>
internal static class PartnersApi
{
    /// <summary>What a partner has coming, by currency.</summary>
    internal sealed record BalanceAnswer(IReadOnlyList<PartnerBalance> Balances);

    /// <summary>A month's statements, one per currency.</summary>
    internal sealed record StatementAnswer(string Period, IReadOnlyList<Statement> Statements);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("Partners");
        partners.MapPost("/applications", ApplyAsync).AllowAnonymous().WithSummary("Applies as a partner and starts the onboarding case");
        partners.MapGet("", FindAsync).RequireAuthorization(Access.Read("partners")).WithSummary("Finds partners by name or domain, status and tier");
        partners.MapGet("/{id}", GetAsync).RequireAuthorization(Access.Read("partners")).WithSummary("Shows one partner: status, tier, stage, health");
        partners.MapGet("/{id}/statement", StatementAsync).RequireAuthorization(Access.Read("partners")).WithSummary("Shows a month's statement, recomputed from the ledger");
        partners.MapGet("/{id}/balance", BalanceAsync).RequireAuthorization(Access.Read("partners")).WithSummary("Shows what is paid, approved and on hold until when and why");
    }

    private static async Task<Results<Accepted<PartnerApplied>, ProblemHttpResult>> ApplyAsync(
        PartnerApplication body, PartnerService partners, HttpContext http, CancellationToken ct)
    {
        if (http.User.Identity?.IsAuthenticated == true && !Access.ScopeAllows(http.User, "partners", "write"))
        {
            return ApiProblem.From(Refusal.Forbidden("apply with this key", "partners:write"));
        }

        var application = body with { Id = IdempotencyKey.Id(http, "ptn-") is { } id ? new PartnerId(id) : null };
        var result = await partners.ApplyAsync(application, http.Actor(), ct);
        return result.TryGet(out var applied) ? TypedResults.Accepted($"{ApiSetup.Root}/partners/{applied.PartnerId}", applied) : ApiProblem.From(result);
    }

    private static async Task<Ok<Page<PartnerView>>> FindAsync(
        PartnerService partners, HttpContext http, string? query, PartnerStatus? status, PartnerTier? tier, string? region, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(await partners.FindAsync(new PartnerQuery(query, status, tier, region), Lists.Page(cursor, limit), http.Actor(), ct));

    private static async Task<Results<Ok<PartnerView>, ProblemHttpResult>> GetAsync(string id, PartnerService partners, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await partners.GetAsync(new PartnerId(id), http.Actor(), ct) is not { } partner)
        {
            return ApiProblem.NotFound("partner", id);
        }

        http.Tag(partner.Version);
        return TypedResults.Ok(partner);
    }

    private static async Task<Results<Ok<StatementAnswer>, ProblemHttpResult>> StatementAsync(
        string id, string period, PartnerService partners, StatementService statements, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await partners.GetAsync(new PartnerId(id), http.Actor(), ct) is null)
        {
            return ApiProblem.NotFound("partner", id);
        }

        var result = await statements.GetAsync(new PartnerId(id), period, http.Actor(), ct);
        return result.TryGet(out var found) ? TypedResults.Ok(new StatementAnswer(period, found)) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<BalanceAnswer>, ProblemHttpResult>> BalanceAsync(
        string id, PartnerService partners, StatementService statements, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await partners.GetAsync(new PartnerId(id), http.Actor(), ct) is null)
        {
            return ApiProblem.NotFound("partner", id);
        }

        var result = await statements.BalancesAsync(new PartnerId(id), http.Actor(), ct);
        return result.TryGet(out var found) ? TypedResults.Ok(new BalanceAnswer(found)) : ApiProblem.From(result);
    }
}
