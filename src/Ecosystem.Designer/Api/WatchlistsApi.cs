using Ecosystem.Designer.Identity;
using Ecosystem.Workflows.Onboarding;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/watchlists</c>: the lists that applicants, partners and payees are screened against.</summary>
internal static class WatchlistsApi
{
    /// <summary>A list as it is sent: all of it, for what is not on it any more is free.</summary>
    internal sealed record NewList(string Version, IReadOnlyList<string> Names);

    /// <summary>A list that was taken in.</summary>
    internal sealed record Replaced(WatchlistKind Kind, string Version, int Count);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/watchlists/{kind}", ReplaceAsync).WithTags("Partners").RequireAuthorization(Access.Write("watchlists", Access.ListKeepers)).WithSummary("Replaces a list that applicants, partners and payees are screened against");

    private static async Task<Results<Ok<Replaced>, ProblemHttpResult>> ReplaceAsync(string kind, NewList body, OnboardingService onboarding, HttpContext http, CancellationToken ct)
    {
        if (!Enum.TryParse<WatchlistKind>(kind, ignoreCase: true, out var known) || !Enum.IsDefined(known))
        {
            return ApiProblem.NotFound("watchlist", kind);
        }

        var result = await onboarding.ReplaceListAsync(known, body.Version, body.Names, http.Actor(), ct);
        return result.TryGet(out var count) ? TypedResults.Ok(new Replaced(known, body.Version, count)) : ApiProblem.From(result);
    }
}
